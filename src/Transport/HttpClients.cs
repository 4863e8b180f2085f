using System;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Http;
using System.Threading;

namespace OssPayment.Transport;

/// <summary>The process's one <see cref="HttpClient"/>, and one more for each proxy that was named.</summary>
/// <remarks>They live as long as the process, so that every call and every cmdlet reuses the connections.</remarks>
internal static class HttpClients
{
    /// <summary>The largest ThrottleLimit; .NET Framework would allow only two connections.</summary>
    private const int MaximumConnectionsPerServer = 256;

    private static readonly HttpClient Direct = Create(proxy: null);

    private static readonly ConcurrentDictionary<string, Lazy<HttpClient>> ByProxy = new(StringComparer.Ordinal);

    /// <param name="proxy">The proxy to use; null leaves the choice to the system's settings.</param>
    internal static HttpClient For(Uri? proxy) => proxy is null
        ? Direct
        : ByProxy.GetOrAdd(proxy.AbsoluteUri, _ => new Lazy<HttpClient>(() => Create(proxy))).Value;

    private static HttpClient Create(Uri? proxy)
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
            handler.Proxy = ToWebProxy(proxy);
        }

        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Windows PowerShell on an older Windows offers TLS 1.0 alone. Zero leaves the choice to the system.</summary>
    private static void AllowTls12()
    {
        if (ServicePointManager.SecurityProtocol != 0)
        {
            ServicePointManager.SecurityProtocol |= SecurityProtocolType.Tls12;
        }
    }

    private static WebProxy ToWebProxy(Uri proxy)
    {
        // The user info leaves the address here, because .NET's own error messages show the address.
        var webProxy = new WebProxy(new Uri(proxy.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)));
        string[] userInfo = proxy.UserInfo.Split([':'], 2);
        if (userInfo[0].Length > 0)
        {
            webProxy.Credentials = new NetworkCredential(
                Uri.UnescapeDataString(userInfo[0]), userInfo.Length > 1 ? Uri.UnescapeDataString(userInfo[1]) : "");
        }

        return webProxy;
    }
}
