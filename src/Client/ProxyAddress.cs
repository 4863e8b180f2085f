using System;

namespace OssPayment.Client;

/// <summary>The proxies that can be gone through.</summary>
internal static class ProxyAddress
{
    /// <exception cref="OssRequestException"><see cref="OssRequestError.InvalidProxy"/>.</exception>
    internal static Uri Require(Uri proxy) =>
        proxy.IsAbsoluteUri && (proxy.Scheme == Uri.UriSchemeHttp || proxy.Scheme == Uri.UriSchemeHttps) && proxy.Host.Length > 0
            ? proxy
            : throw new OssRequestException(
                OssRequestError.InvalidProxy,
                "The proxy is no http or https URL.",
                "Give it as http://host:port, with user info before the host where the proxy wants it.");
}
