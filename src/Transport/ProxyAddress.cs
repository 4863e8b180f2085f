using System;
using System.Runtime.InteropServices;
using OssPayment.Text;

namespace OssPayment.Transport;

/// <summary>The addresses of proxies that can be used.</summary>
internal static class ProxyAddress
{
    /// <summary>
    /// Whether this is .NET Framework: it reads no proxy from the environment, and uses only http proxies.
    /// </summary>
    internal static bool IsNetFramework { get; } =
        RuntimeInformation.FrameworkDescription.StartsWith(".NET Framework", StringComparison.Ordinal);

    /// <summary>Reads the URL of a proxy, whose user info ends at the last @; null if it is not one.</summary>
    internal static Uri? Parse(string url) =>
        Uri.TryCreate(UserInfo.Escape(url), UriKind.Absolute, out Uri? proxy)
        && proxy.Host.Length > 0
        && proxy.PathAndQuery.Trim('/').Length == 0
        && proxy.Fragment.Length == 0
            ? proxy
            : null;

    /// <exception cref="OssRequestException"><see cref="OssRequestError.InvalidProxy"/>.</exception>
    internal static void ThrowIfInvalid(Uri? proxy) => ThrowIfInvalid(proxy, IsNetFramework);

    /// <exception cref="OssRequestException"><see cref="OssRequestError.InvalidProxy"/>.</exception>
    internal static void ThrowIfInvalid(Uri? proxy, bool isNetFramework)
    {
        if (proxy is null || (proxy.Scheme != Uri.UriSchemeHttp && proxy.Scheme != Uri.UriSchemeHttps))
        {
            throw Invalid(
                "The proxy is not an http or https URL without a path, query or fragment. Use a URL such as "
                + "http://host:port. If the proxy requires credentials, also use -ProxyCredential.");
        }

        if (isNetFramework && proxy.Scheme == Uri.UriSchemeHttps)
        {
            throw Invalid(
                "Windows PowerShell cannot use an https proxy. Use the proxy's http URL, which also works for https "
                + "endpoints, or use PowerShell 7.");
        }
    }

    internal static OssRequestException Invalid(string message) => new(OssRequestError.InvalidProxy, message);
}
