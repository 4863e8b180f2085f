using System;
using System.Collections.Generic;
using System.Net.Http;

namespace OssPayment.Transport;

/// <summary>A client, and how many connections it can have.</summary>
/// <remarks>
/// .NET does not expose their number: a host has at most as many as requests were running at once. All members are
/// guarded by the pool's lock.
/// </remarks>
internal sealed class PooledClient(HttpMessageHandler handler, TimeSpan created) : IDisposable
{
    private readonly Dictionary<string, HostUse> _hosts = new(StringComparer.Ordinal);

    /// <summary>HttpClient would add a second cancellation and one more task, and nothing that is used.</summary>
    /// <remarks>On .NET Framework, a cancellation also aborts a response that is being read.</remarks>
    internal HttpMessageInvoker Client { get; } = new(handler);

    internal TimeSpan Created { get; } = created;

    internal int Connections { get; private set; }

    internal int Running { get; private set; }

    public void Dispose() => Client.Dispose();

    internal bool Serves(string host) => _hosts.ContainsKey(host);

    /// <summary>Whether one more request to the host needs one more connection.</summary>
    internal bool Connects(string host) =>
        !_hosts.TryGetValue(host, out HostUse? use) || use.Running == use.Connections;

    /// <summary>Records that a request begins.</summary>
    internal HostUse Begin(string host)
    {
        if (!_hosts.TryGetValue(host, out HostUse? use))
        {
            use = new HostUse();
            _hosts.Add(host, use);
        }

        Running++;
        use.Running++;
        if (use.Running > use.Connections)
        {
            use.Connections++;
            Connections++;
        }

        return use;
    }

    /// <summary>Records that a request has ended.</summary>
    internal void End(HostUse use)
    {
        Running--;
        use.Running--;
    }
}

/// <summary>The running requests and the connections of a host.</summary>
internal sealed class HostUse
{
    internal int Running { get; set; }

    internal int Connections { get; set; }
}
