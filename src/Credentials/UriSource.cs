using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using OssPayment.Signing;
using OssPayment.Time;
using OssPayment.Transport;

namespace OssPayment.Credentials;

/// <summary>Credentials that a GET of a URI returns.</summary>
/// <remarks>Paths and queries of such URIs may be secrets: neither is shown.</remarks>
internal sealed class UriSource : CredentialSource
{
    private const int ShortestSecret = 8;

    /// <summary>What separates segments of a path, and names and values of a query.</summary>
    private static readonly char[] Separators = ['/', '?', '&', '='];

    /// <summary>All characters that may separate parts of a segment or a value, too.</summary>
    private static readonly char[] AllSeparators =
        [.. Separators, ';', ',', ':', '@', '+', '!', '$', '*', '(', ')', '\''];

    private readonly Uri _uri;

    /// <exception cref="OssRequestException">The URI is not valid, or not allowed.</exception>
    /// <param name="uri">The variable's value.</param>
    /// <param name="proxy">The proxy, which is not used for this machine's own addresses.</param>
    /// <param name="timeout">How long one attempt may take.</param>
    internal UriSource(string uri, IWebProxy? proxy, TimeSpan timeout)
        : this(Parse(uri), proxy, timeout)
    {
    }

    private UriSource(Uri uri, IWebProxy? proxy, TimeSpan timeout)
        : base(IsThisMachine(uri) ? ProxySettings.None : proxy, timeout)
    {
        _uri = uri;
    }

    internal override string Description => $"{Endpoint} ({CredentialVariables.Uri})";

    internal override string Key => $"URI\n{_uri.AbsoluteUri}";

    internal override string Endpoint => _uri.GetLeftPart(UriPartial.Authority);

    internal override string Advice => $"Check {CredentialVariables.Uri} and the service at that URI.";

    internal override async Task<OssCredentials> FetchAsync(Clock clock)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _uri);
        return Read(await SendAsync(request, Timeout, Secrets(_uri.PathAndQuery)).ConfigureAwait(false), clock);
    }

    private static Uri Parse(string text) =>
        !Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("https" or "http")
            || uri.Host.Length == 0
            ? throw Invalid("is not an http or https URI. Set it to one such as https://credentials.example.com/role.")
            : uri.UserInfo.Length > 0
            ? throw Invalid("contains user info, which is not supported. Remove it.")
            : uri.Fragment.Length > 0
            ? throw Invalid("contains a fragment, which is not sent. Remove it, or write # as %23.")
            : uri.Scheme == "http" && !IsThisMachine(uri)
            ? throw Invalid(
                "uses http for a remote host. Use https; http is allowed only for localhost, loopback and link-local "
                + "addresses.")
            : uri;

    /// <summary>
    /// The path and query, and each part of them that is long enough to be a secret: a shorter one would be masked in
    /// ordinary words.
    /// </summary>
    private static string[] Secrets(string pathAndQuery) =>
    [
        // A secret may contain the other separators, or stand between them, so both splits are needed.
        .. new[] { pathAndQuery.Substring(1) }
            .Concat(pathAndQuery.Split(Separators))
            .Concat(pathAndQuery.Split(AllSeparators))
            .Where(part => part.Length >= ShortestSecret)
            .Distinct(),
    ];

    private static bool IsThisMachine(Uri uri) =>
        uri.Host == "localhost"
        || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out IPAddress? address)
            && (IPAddress.IsLoopback(address) || address.IsIPv6LinkLocal || IsLinkLocal(address.GetAddressBytes())));

    /// <summary>Whether it is one of 169.254.0.0/16.</summary>
    private static bool IsLinkLocal(byte[] address) => address.Length == 4 && address[0] == 169 && address[1] == 254;

    private static OssRequestException Invalid(string what) =>
        CredentialVariables.Invalid(OssRequestError.CredentialSourceFailed, CredentialVariables.Uri, what);
}
