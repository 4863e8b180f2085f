using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Threading;

namespace OssPayment.Transport;

/// <summary>An HttpClient, and how many connections it can hold.</summary>
/// <remarks>
/// .NET does not tell how many there are: at a host, at the most as many as requests were under way at once. The pool's
/// lock guards all of this.
/// </remarks>
internal sealed class PooledClient : IDisposable
{
    private readonly Dictionary<string, HostUse> _hosts = new(StringComparer.Ordinal);

    internal PooledClient(HttpMessageHandler handler, TimeSpan created)
    {
        Client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        Created = created;
    }

    internal HttpClient Client { get; }

    internal TimeSpan Created { get; }

    internal int Connections { get; private set; }

    internal int UnderWay { get; private set; }

    public void Dispose() => Client.Dispose();

    internal bool Knows(string host) => _hosts.ContainsKey(host);

    /// <summary>Whether one more request to the host needs one more connection.</summary>
    internal bool Connects(string host) =>
        !_hosts.TryGetValue(host, out HostUse? use) || use.UnderWay == use.Connections;

    /// <summary>Notes that a request begins.</summary>
    internal HostUse Begin(string host)
    {
        if (!_hosts.TryGetValue(host, out HostUse? use))
        {
            use = new HostUse();
            _hosts.Add(host, use);
        }

        UnderWay++;
        use.UnderWay++;
        if (use.UnderWay > use.Connections)
        {
            use.Connections++;
            Connections++;
        }

        return use;
    }

    /// <summary>Notes that a request has ended.</summary>
    internal void End(HostUse use)
    {
        UnderWay--;
        use.UnderWay--;
    }
}

/// <summary>What a client holds for a host.</summary>
internal sealed class HostUse
{
    internal int UnderWay { get; set; }

    internal int Connections { get; set; }
}
