using System;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using OssPayment.Text;

namespace OssPayment.Endpoints;

/// <summary>A scheme, a host and a port, and what the host name contains if it is an OSS host name.</summary>
internal sealed class OssEndpoint
{
    private const string SchemeEnd = "://";
    private const int MaximumNameLength = 253;
    private const int MaximumLabelLength = 63;

    private readonly string _text;

    private OssEndpoint(string scheme, string host, int port, bool isIPAddress)
    {
        IsIPAddress = isIPAddress;
        Uri = new Uri($"{scheme}://{host}:{port.ToString(CultureInfo.InvariantCulture)}");
        Authority = Uri.Authority;
        _text = Uri.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
        Standard = OssHostName.Parse(host);
    }

    /// <summary>The endpoint as a URL, without a bucket.</summary>
    internal Uri Uri { get; }

    /// <summary>The host, and the port if it is not the default.</summary>
    internal string Authority { get; }

    internal bool IsIPAddress { get; }

    /// <summary>What the host name contains, if it is an OSS host name; null for any other host.</summary>
    internal OssHostName? Standard { get; }

    internal static OssEndpoint For(string region, EndpointType type) =>
        new(Uri.UriSchemeHttps, OssHostName.NameFor(region, type), 443, isIPAddress: false);

    /// <param name="text">A host, <c>host:port</c> or an http(s) URL without path, query or user info.</param>
    /// <exception cref="OssRequestException"><see cref="OssRequestError.InvalidEndpoint"/>.</exception>
    internal static OssEndpoint Parse(string text)
    {
        string rest = Ascii.ToLower(text.Trim());
        int schemeEnd = rest.IndexOf(SchemeEnd, StringComparison.Ordinal);
        string scheme = schemeEnd < 0 ? Uri.UriSchemeHttps : rest.Substring(0, schemeEnd);
        string authority = schemeEnd < 0 ? rest : rest.Substring(schemeEnd + SchemeEnd.Length);
        if (authority.EndsWith("/", StringComparison.Ordinal))
        {
            authority = authority.Substring(0, authority.Length - 1);
        }

        // The colons of an IPv6 address are in brackets.
        int colon = authority.IndexOf(':', authority.LastIndexOf(']') + 1);
        string host = colon < 0 ? authority : authority.Substring(0, colon);
        int? port = colon >= 0 ? PortOf(authority.Substring(colon + 1)) : scheme == Uri.UriSchemeHttps ? 443 : 80;
        bool isIPAddress = IsAddress(host);
        if ((scheme != Uri.UriSchemeHttps && scheme != Uri.UriSchemeHttp)
            || port is null
            || !(isIPAddress || IsDnsName(host)))
        {
            // What could hold a password is not shown, however wrong the rest is.
            int userInfoEnd = text.LastIndexOf('@');
            string shown = userInfoEnd < 0 ? text : "***" + text.Substring(userInfoEnd);
            throw Invalid(
                $"'{Sanitizer.Sanitize(shown, 120)}' is not a valid endpoint. Use a "
                + "host, host:port or an http(s) URL without path, query and user info, such as "
                + "oss-cn-hangzhou.aliyuncs.com.");
        }

        // A region's endpoint needs no correction. The look-alike oss-x.oss has no region: none begins with "oss-".
        var endpoint = new OssEndpoint(scheme, host, port.Value, isIPAddress);
        return endpoint.Standard is not { NamesBucket: false } && OssHostName.Correct(host) is { } correction
            ? throw Invalid(correction)
            : endpoint;
    }

    internal static OssRequestException Invalid(string message) => new(OssRequestError.InvalidEndpoint, message);

    /// <summary>
    /// The region's endpoint of a type, with the same scheme and port: this one, if it already is that.
    /// </summary>
    /// <exception cref="OssRequestException">
    /// The region has no endpoint of the type: <see cref="OssRequestError.InvalidEndpoint"/>.
    /// </exception>
    internal OssEndpoint MovedTo(string region, EndpointType type) =>
        Standard?.Region == region && Standard.Type == type ? this : At(OssHostName.NameFor(region, type));

    /// <summary>The same scheme and port at another host.</summary>
    /// <param name="host">An OSS host name.</param>
    internal OssEndpoint At(string host) => new(Uri.Scheme, host, Uri.Port, isIPAddress: false);

    /// <summary>The endpoint as a URL, as <see cref="Parse"/> takes it.</summary>
    public override string ToString() => _text;

    /// <summary>The port; null if it is not valid.</summary>
    private static int? PortOf(string text) =>
        text.Length is >= 1 and <= 5 && Ascii.IsAll(text, AsciiKinds.Digit)
        && int.Parse(text, CultureInfo.InvariantCulture) is >= 1 and <= 65535 and var port
            ? port
            : null;

    /// <summary>Whether it is an IPv4 address, or an IPv6 address in brackets.</summary>
    /// <remarks>
    /// Other spellings of an address (127.1, 0x7f.1) are refused: the host contacted is the host that was written.
    /// </remarks>
    private static bool IsAddress(string host)
    {
        bool isBracketed = host.Length > 2 && host[0] == '[' && host[host.Length - 1] == ']';
        string text = isBracketed ? host.Substring(1, host.Length - 2) : host;
        return IPAddress.TryParse(text, out IPAddress? address)
            && (isBracketed
                ? address.AddressFamily == AddressFamily.InterNetworkV6 && text.All(IsInIPv6Address)
                : address.ToString() == host);
    }

    private static bool IsInIPv6Address(char c) => Uri.IsHexDigit(c) || c is ':' or '.';

    /// <summary>Whether it is a name of the DNS, and not an address in another spelling.</summary>
    private static bool IsDnsName(string host)
    {
        string[] labels = host.Split('.');
        string last = labels[labels.Length - 1];
        return host.Length <= MaximumNameLength
            && Array.TrueForAll(labels, IsLabel)
            && !Ascii.IsAll(last, AsciiKinds.Digit)
            && !IsHexadecimal(last);
    }

    private static bool IsLabel(string label) =>
        label.Length is >= 1 and <= MaximumLabelLength
        && label[0] != '-'
        && label[label.Length - 1] != '-'
        && Ascii.IsAll(label, AsciiKinds.Host);

    private static bool IsHexadecimal(string label) =>
        label.StartsWith("0x", StringComparison.Ordinal)
        && label.Skip(2).All(Uri.IsHexDigit);
}
