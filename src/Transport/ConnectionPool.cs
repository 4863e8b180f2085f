using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Http;
using OssPayment.Time;

namespace OssPayment.Transport;

/// <summary>
/// The connections through one set of proxies. Idle connections are limited, however many hosts there are.
/// </summary>
/// <remarks>
/// With virtual-hosted names each bucket is a host, and .NET keeps connections for each host, for a minute, without a
/// limit. So clients follow each other: the newest accepts new hosts until it has enough connections, the one
/// before it serves the hosts that it has, and older ones are disposed, which closes their connections, once they have
/// no running request. If those have too many connections, a new connection gets its own client. ("Connection: close"
/// would not help: .NET keeps the connection if the server does.)
/// </remarks>
/// <param name="proxy">The proxy to use; null for the system's settings.</param>
/// <param name="clock">The clock for the age of clients.</param>
/// <param name="createHandler">Creates the handler that sends; null for that of .NET.</param>
internal sealed class ConnectionPool(
    IWebProxy? proxy, Clock clock, Func<HttpMessageHandler>? createHandler = null) : IDisposable
{
    /// <summary>
    /// How many connections a client has before the next one follows, if fewer requests are running.
    /// </summary>
    internal const int ConnectionsPerClient = 24;

    /// <summary>The largest ThrottleLimit; .NET Framework would allow only two connections.</summary>
    private const int MaximumConnectionsPerServer = 256;

    /// <summary>How long a client is used. The next one resolves the hosts' addresses again.</summary>
    internal static readonly TimeSpan ClientLifetime = TimeSpan.FromMinutes(5);

    private readonly Clock _clock = clock;
    private readonly Func<HttpMessageHandler> _createHandler = createHandler ?? (() => CreateHandler(proxy));
    private readonly object _gate = new();
    private readonly List<PooledClient> _retired = [];
    private PooledClient? _newest;
    private PooledClient? _previous;
    private int _running;
    private TimeSpan _lastUse = clock.Elapsed;

    internal IWebProxy? Proxy { get; } = proxy;

    /// <summary>Whether nothing has been sent for the lifetime of a client.</summary>
    internal bool IsUnused
    {
        get
        {
            lock (_gate)
            {
                return _running == 0 && _clock.Elapsed - _lastUse >= ClientLifetime;
            }
        }
    }

    /// <summary>Whether one more connection may be kept: at most those of two clients are idle.</summary>
    private bool HasRoom
    {
        get
        {
            int connections = (_newest?.Connections ?? 0) + (_previous?.Connections ?? 0);
            foreach (PooledClient client in _retired)
            {
                connections += client.Connections;
            }

            return connections < ConnectionsPerClient + Math.Max(ConnectionsPerClient, _running);
        }
    }

    /// <summary>Closes every connection: at once, or after the response that is being received.</summary>
    public void Dispose()
    {
        var idle = new List<PooledClient>();
        lock (_gate)
        {
            Retire(ref _newest, idle);
            Retire(ref _previous, idle);
        }

        Dispose(idle);
    }

    /// <summary>A client for one request, until the lease is disposed.</summary>
    internal Lease Rent(Uri uri)
    {
        string host = PooledHost(uri);
        PooledClient client;
        HostUse use;
        var idle = new List<PooledClient>();
        lock (_gate)
        {
            _lastUse = _clock.Elapsed;
            RetireOld(idle);
            _running++;
            client = Serving(host) ?? Newest(idle);
            if (client.Connects(host) && !HasRoom && client == _newest)
            {
                Retire(ref _previous, idle);
            }

            if (client.Connects(host) && !HasRoom)
            {
                client = Create();
                _retired.Add(client);
            }

            use = client.Begin(host);
        }

        Dispose(idle);
        return new Lease(this, client, use);
    }

    /// <summary>The same with a connection that no request was sent on before. It is not kept.</summary>
    internal Lease RentNew(Uri uri)
    {
        lock (_gate)
        {
            _lastUse = _clock.Elapsed;
            _running++;
            PooledClient client = Create();
            _retired.Add(client);
            return new Lease(this, client, client.Begin(PooledHost(uri)));
        }
    }

    /// <summary>The host of a request and the proxy on the way to it, as messages name them.</summary>
    /// <remarks>Only for messages: the system may run a script to find the proxy.</remarks>
    internal string Describe(Uri uri)
    {
        Uri? proxy;
        try
        {
            // The default of .NET Framework names the host itself where it uses no proxy.
            proxy = (Proxy ?? WebRequest.DefaultWebProxy)?.GetProxy(uri);
        }
        catch (Exception)
        {
            // A proxy of the session's own that fails. The message still names the host.
            proxy = null;
        }

        return proxy is null || proxy.Authority == uri.Authority
            ? uri.Authority
            : $"{uri.Authority} (through the proxy {proxy.GetLeftPart(UriPartial.Scheme)}{proxy.Authority})";
    }

    /// <summary>Closes clients that are too old.</summary>
    internal void CloseOld()
    {
        var idle = new List<PooledClient>();
        lock (_gate)
        {
            RetireOld(idle);
        }

        Dispose(idle);
    }

    /// <summary>The key of .NET for a connection: the proxy for plain http through one, else the host.</summary>
    private string PooledHost(Uri uri) =>
        uri.Scheme == Uri.UriSchemeHttp && Proxy is not null && !Proxy.IsBypassed(uri)
            ? Uri.UriSchemeHttp
            : uri.GetLeftPart(UriPartial.Authority);

    private PooledClient? Serving(string host) =>
        _newest?.Serves(host) == true ? _newest
        : _previous?.Serves(host) == true ? _previous
        : null;

    private PooledClient Newest(List<PooledClient> idle)
    {
        if (_newest is null || _newest.Connections >= Math.Max(ConnectionsPerClient, _running))
        {
            Retire(ref _previous, idle);
            _previous = _newest;
            _newest = Create();
        }

        return _newest;
    }

    private PooledClient Create() => new(_createHandler(), _lastUse);

    private void RetireOld(List<PooledClient> idle)
    {
        TimeSpan oldest = _clock.Elapsed - ClientLifetime;
        if (_newest?.Created <= oldest)
        {
            Retire(ref _newest, idle);
        }

        if (_previous?.Created <= oldest)
        {
            Retire(ref _previous, idle);
        }
    }

    private void Retire(ref PooledClient? client, List<PooledClient> idle)
    {
        if (client is not null)
        {
            (client.Running == 0 ? idle : _retired).Add(client);
            client = null;
        }
    }

    private void Return(PooledClient client, HostUse use)
    {
        bool isLast;
        lock (_gate)
        {
            _running--;
            client.End(use);
            isLast = client.Running == 0 && _retired.Remove(client);
        }

        if (isLast)
        {
            client.Dispose();
        }
    }

    private static void Dispose(List<PooledClient> clients)
    {
        foreach (PooledClient client in clients)
        {
            client.Dispose();
        }
    }

    private static HttpClientHandler CreateHandler(IWebProxy? proxy)
    {
        if (ProxyAddress.IsNetFramework)
        {
            AllowTls12();
        }

        var handler = new HttpClientHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            MaxConnectionsPerServer = MaximumConnectionsPerServer,
        };
        if (proxy is not null)
        {
            handler.Proxy = proxy;
        }

        return handler;
    }

    /// <summary>
    /// Windows PowerShell on an older Windows uses only TLS 1.0. Zero leaves the choice to the system.
    /// </summary>
    private static void AllowTls12()
    {
        if (ServicePointManager.SecurityProtocol != 0)
        {
            ServicePointManager.SecurityProtocol |= SecurityProtocolType.Tls12;
        }
    }

    /// <summary>A client that is not disposed before this is.</summary>
    internal sealed class Lease(ConnectionPool pool, PooledClient client, HostUse use) : IDisposable
    {
        private readonly ConnectionPool _pool = pool;
        private readonly PooledClient _client = client;
        private readonly HostUse _use = use;

        internal HttpMessageInvoker Client => _client.Client;

        public void Dispose() => _pool.Return(_client, _use);
    }
}
