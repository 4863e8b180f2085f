using System;
using System.Runtime.InteropServices;

namespace OssPayment.Transport;

/// <summary>The proxies that can be gone through.</summary>
internal static class ProxyAddress
{
    /// <summary>
    /// Whether this is .NET Framework: it reads no proxy from the environment, and takes http ones alone.
    /// </summary>
    internal static bool IsNetFramework { get; } =
        RuntimeInformation.FrameworkDescription.StartsWith(".NET Framework", StringComparison.Ordinal);

    /// <exception cref="OssRequestException"><see cref="OssRequestError.InvalidProxy"/>.</exception>
    internal static void ThrowIfInvalid(Uri proxy) => ThrowIfInvalid(proxy, IsNetFramework);

    /// <exception cref="OssRequestException"><see cref="OssRequestError.InvalidProxy"/>.</exception>
    internal static void ThrowIfInvalid(Uri proxy, bool isNetFramework)
    {
        bool isValid = proxy.IsAbsoluteUri
            && (proxy.Scheme == Uri.UriSchemeHttp || proxy.Scheme == Uri.UriSchemeHttps)
            && proxy.Host.Length > 0;
        if (!isValid)
        {
            throw Invalid(
                "The proxy is not an http or https URL. Give it as http://host:port, and credentials that it wants "
                + "with -ProxyCredential.");
        }

        if (isNetFramework && proxy.Scheme == Uri.UriSchemeHttps)
        {
            throw Invalid(
                "Windows PowerShell's .NET Framework cannot speak https to a proxy itself. Give the proxy's http URL, "
                + "through which https endpoints are asked as well, or use PowerShell 7.");
        }
    }

    internal static OssRequestException Invalid(string message) => new(OssRequestError.InvalidProxy, message);
}
