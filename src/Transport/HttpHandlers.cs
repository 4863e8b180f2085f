using System.Net;
using System.Net.Http;

namespace OssPayment.Transport;

/// <summary>Creates the handler that sends this module's requests.</summary>
internal static class HttpHandlers
{
    /// <summary>The largest ThrottleLimit; .NET Framework would allow only two connections.</summary>
    private const int MaximumConnectionsPerServer = 256;

    internal static HttpClientHandler Create(IWebProxy? proxy)
    {
        AllowTls12();
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
}
