using System;
using System.Net;
using System.Net.Sockets;

namespace OssPayment.Tests.Client.Faults;

/// <summary>A host and port that responses name, and where nothing may arrive.</summary>
internal sealed class Elsewhere : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    internal Elsewhere()
    {
        _listener.Start();
    }

    internal string Address => _listener.LocalEndpoint.ToString()!;

    internal bool IsContacted => _listener.Pending();

    public void Dispose() => _listener.Dispose();
}
