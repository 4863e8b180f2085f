using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace OssPayment.Transport;

/// <summary>The proxies to use: one that was specified, or those of the environment. Compared by value.</summary>
internal sealed class ProxySettings : IWebProxy, ICredentials, IEquatable<ProxySettings>
{
    private const string Scheme = @"\A[A-Za-z][A-Za-z0-9+.-]*://";

    private readonly Server? _http;
    private readonly Server? _https;
    private readonly NoProxyEntry[] _bypassed;

    private ProxySettings(Server? http, Server? https, NoProxyEntry[] bypassed)
    {
        _http = http;
        _https = https;
        _bypassed = bypassed;
    }

    /// <summary>No proxy, regardless of the environment and the system's settings.</summary>
    internal static ProxySettings None { get; } = new(null, null, []);

    /// <summary>The source of the proxies' credentials; null if there are none.</summary>
    public ICredentials? Credentials
    {
        get => _http?.Credential is null && _https?.Credential is null ? null : this;
        set => throw new NotSupportedException("The credentials are part of the settings.");
    }

    /// <summary>The credentials for the proxies, which must not be shown.</summary>
    internal IEnumerable<NetworkCredential> Logins =>
        new[] { _http?.Credential, _https?.Credential }.OfType<NetworkCredential>().Distinct();

    /// <param name="proxy">The proxy for all requests.</param>
    /// <param name="credential">The proxy's credential; null for the user info of its URL.</param>
    /// <exception cref="OssRequestException"><see cref="OssRequestError.InvalidProxy"/>.</exception>
    internal static ProxySettings Of(Uri proxy, NetworkCredential? credential = null)
    {
        Uri? parsed = ProxyAddress.Parse(proxy.OriginalString);
        ProxyAddress.ThrowIfInvalid(parsed);
        var server = new Server(parsed!, credential);
        return new ProxySettings(server, server, []);
    }

    /// <summary>The environment's proxies as they are now; null for the system's settings.</summary>
    /// <remarks>
    /// .NET reads them once per process, and would bypass a proxy that was set later. These are its rules. .NET
    /// Framework has none. Linux has no other settings, so a variable that was removed has an effect too.
    /// </remarks>
    /// <param name="read">Reads an environment variable.</param>
    /// <exception cref="OssRequestException">
    /// A variable does not contain a URL: <see cref="OssRequestError.InvalidProxy"/>.
    /// </exception>
    internal static ProxySettings? FromEnvironment(Func<string, string?> read)
    {
        if (ProxyAddress.IsNetFramework)
        {
            return null;
        }

        // A web server hands a request's header "Proxy" to a CGI script as HTTP_PROXY.
        Server? http = ServerIn(read, "http_proxy")
            ?? (read("GATEWAY_INTERFACE") is null ? ServerIn(read, "HTTP_PROXY") : null);
        Server? https = ServerIn(read, "https_proxy") ?? ServerIn(read, "HTTPS_PROXY");
        Server? all = ServerIn(read, "all_proxy") ?? ServerIn(read, "ALL_PROXY");
        if (http is null && https is null && all is null)
        {
            return RuntimeInformation.IsOSPlatform(OSPlatform.Linux) ? None : null;
        }

        string bypassed = Value(read, "no_proxy") ?? Value(read, "NO_PROXY") ?? "";
        return new ProxySettings(http ?? all, https ?? all, NoProxyEntry.Parse(bypassed));
    }

    /// <summary>The proxy's address, without user info.</summary>
    public Uri? GetProxy(Uri destination) => For(destination)?.Address;

    /// <summary>Whether requests to the host bypass the proxies.</summary>
    public bool IsBypassed(Uri host) => For(host) is null;

    /// <param name="uri">The proxy's address.</param>
    /// <param name="authType">Not used: a proxy's credential is for every type.</param>
    public NetworkCredential? GetCredential(Uri uri, string authType) =>
        uri == _https?.Address ? _https.Credential : uri == _http?.Address ? _http.Credential : null;

    public bool Equals(ProxySettings? other) =>
        other is not null
        && Server.AreSame(_http, other._http)
        && Server.AreSame(_https, other._https)
        && _bypassed.Select(entry => entry.Text).SequenceEqual(other._bypassed.Select(entry => entry.Text));

    public override bool Equals(object? obj) => Equals(obj as ProxySettings);

    public override int GetHashCode() => (_https ?? _http)?.Address.GetHashCode() ?? 0;

    private Server? For(Uri destination)
    {
        Server? server = destination.Scheme == Uri.UriSchemeHttps ? _https : _http;
        return server is null || Array.Exists(_bypassed, entry => entry.Includes(destination)) ? null : server;
    }

    private static Server? ServerIn(Func<string, string?> read, string variable)
    {
        if (Value(read, variable) is not { } text)
        {
            return null;
        }

        return ProxyAddress.Parse(HasScheme(text) ? text : "http://" + text) is { } proxy
            ? new Server(proxy)
            : throw ProxyAddress.Invalid(
                $"The environment variable {variable} does not contain the URL of a proxy, without a path, query or "
                + "fragment. Set it to a URL such as http://proxy.example.com:8080, or remove it.");
    }

    private static bool HasScheme(string text) => Regex.IsMatch(text, Scheme, RegexOptions.CultureInvariant);

    private static string? Value(Func<string, string?> read, string variable) =>
        read(variable)?.Trim() is { Length: > 0 } value ? value : null;

    /// <summary>A proxy and its credential.</summary>
    private sealed class Server
    {
        internal Server(Uri proxy, NetworkCredential? credential = null)
        {
            Credential = credential;

            // The user info leaves the address here, because .NET's own error messages show the address.
            Address = new Uri(proxy.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped));
            string[] userInfo = proxy.UserInfo.Split([':'], 2);
            if (credential is null && userInfo[0].Length > 0)
            {
                Credential = new NetworkCredential(
                    Uri.UnescapeDataString(userInfo[0]),
                    userInfo.Length > 1 ? Uri.UnescapeDataString(userInfo[1]) : "");
            }
        }

        internal Uri Address { get; }

        internal NetworkCredential? Credential { get; }

        internal static bool AreSame(Server? a, Server? b) =>
            ReferenceEquals(a, b)
            || (a is not null
                && b is not null
                && a.Address == b.Address
                && a.Credential?.UserName == b.Credential?.UserName
                && a.Credential?.Password == b.Credential?.Password);
    }
}
