using System;

namespace OssPayment.Endpoints;

/// <summary>The proxies that can be gone through.</summary>
internal static class ProxyAddress
{
    /// <exception cref="OssRequestException"><see cref="OssRequestError.InvalidProxy"/>.</exception>
    internal static void ThrowIfInvalid(Uri proxy)
    {
        bool isValid = proxy.IsAbsoluteUri
            && (proxy.Scheme == Uri.UriSchemeHttp || proxy.Scheme == Uri.UriSchemeHttps)
            && proxy.Host.Length > 0;
        if (!isValid)
        {
            throw new OssRequestException(
                OssRequestError.InvalidProxy,
                "The proxy is not an http or https URL. Give it as http://host:port, or as "
                + "http://user:password@host:port where it wants credentials.");
        }
    }
}
