using System;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using OssPayment.Text;

namespace OssPayment.Endpoints;

/// <summary>A scheme, a host and a port, and what the host name contains if it is an OSS host name.</summary>
internal sealed class OssEndpoint
{
    private static readonly Regex Syntax = new(
        @"\A(?:(?<scheme>https?)://)?"
        + @"(?:(?<host>[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?)|\[(?<ipv6>[0-9a-f:.]{2,45})\])"
        + @"(?::(?<port>[0-9]{1,5}))?/?\z",
        RegexOptions.CultureInvariant);

    private static readonly Regex DnsName = new(
        @"\A(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*(?![0-9]+\z|0x[0-9a-f]*\z)"
        + @"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\z",
        RegexOptions.CultureInvariant);

    /// <summary>What could hold a password, however wrong the rest is.</summary>
    private static readonly Regex UserInfo = new(".*@", RegexOptions.CultureInvariant | RegexOptions.Singleline);

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
        Match match = Syntax.Match(Ascii.ToLower(text.Trim()));
        string scheme = match.Groups["scheme"].Success ? match.Groups["scheme"].Value : Uri.UriSchemeHttps;
        bool isBracketed = match.Groups["ipv6"].Success;
        string host = (isBracketed ? match.Groups["ipv6"] : match.Groups["host"]).Value;
        bool isIPAddress = IsAddress(host, isBracketed);
        int port = match.Groups["port"].Success
            ? int.Parse(match.Groups["port"].Value, CultureInfo.InvariantCulture)
            : scheme == Uri.UriSchemeHttps ? 443 : 80;

        if (!match.Success || !(isIPAddress || (!isBracketed && DnsName.IsMatch(host))) || port is < 1 or > 65535)
        {
            throw Invalid(
                $"'{Sanitizer.Sanitize(UserInfo.Replace(text, "***@"), 120)}' is not a valid endpoint. Use a "
                + "host, host:port or an http(s) URL without path, query and user info, such as "
                + "oss-cn-hangzhou.aliyuncs.com.");
        }

        if (OssHostName.Correct(host) is { } correction)
        {
            throw Invalid(correction);
        }

        return new OssEndpoint(scheme, isBracketed ? $"[{host}]" : host, port, isIPAddress);
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

    // Other spellings of an address (127.1, 0x7f.1) are refused: the host contacted is the host that was written.
    private static bool IsAddress(string host, bool isBracketed) =>
        IPAddress.TryParse(host, out IPAddress? address)
        && (isBracketed ? address.AddressFamily == AddressFamily.InterNetworkV6 : address.ToString() == host);
}
