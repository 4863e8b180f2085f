using System;
using System.Globalization;
using System.Linq;
using System.Net;

namespace OssPayment.Transport;

/// <summary>One entry of NO_PROXY, for hosts that are requested directly.</summary>
/// <remarks>
/// An entry is *, a name, .suffix, an address or a range of addresses, such as 10.0.0.0/8; all but the range may have a
/// port. Entries are read as curl reads them, except that a name stands only for itself, as in .NET. Names are not
/// resolved.
/// </remarks>
internal sealed class NoProxyEntry
{
    /// <summary>Environment files of containers keep the quotation marks around a value.</summary>
    private static readonly char[] Separators = [',', ' ', '\t', '\r', '\n', '"', '\''];

    private readonly string _host;
    private readonly int? _port;
    private readonly IPAddress? _address;

    /// <summary>How many bits of the address count.</summary>
    private readonly int? _bits;

    private NoProxyEntry(string text)
    {
        Text = text;
        string[] range = text.Split(['/'], 2);
        (_host, _port) = range.Length == 1 ? WithoutPort(text) : (range[0], null);
        _address = IPAddress.TryParse(Unbracketed(_host), out IPAddress? address) ? address : null;

        // A range that is not valid includes nothing.
        _bits = range.Length == 1 ? _address?.GetAddressBytes().Length * 8 : ToNumber(range[1]);
    }

    internal string Text { get; }

    internal static NoProxyEntry[] Parse(string entries) =>
    [
        .. entries.Split(Separators, StringSplitOptions.RemoveEmptyEntries).Select(text => new NoProxyEntry(text)),
    ];

    internal bool Includes(Uri destination) =>
        Text == "*"
        || ((_port is null || _port == destination.Port) && IncludesHost(destination.Host.TrimEnd('.')));

    private bool IncludesHost(string host) =>
        !IPAddress.TryParse(Unbracketed(host), out IPAddress? address) ? IncludesName(host)
        : _address is not null && IncludesAddress(_address.GetAddressBytes(), address.GetAddressBytes());

    private bool IncludesAddress(byte[] own, byte[] other) =>
        own.Length == other.Length
        && _bits <= own.Length * 8
        && Enumerable.Range(0, _bits.Value).All(bit => ((own[bit / 8] ^ other[bit / 8]) & (0x80 >> (bit % 8))) == 0);

    /// <summary>Whether <c>.example.com</c>, <c>*.example.com</c> or a plain name stands for the host.</summary>
    private bool IncludesName(string host)
    {
        string suffix = _host.StartsWith("*.", StringComparison.Ordinal) ? _host.Substring(1) : _host;
        return string.Equals(suffix.TrimStart('.'), host, StringComparison.OrdinalIgnoreCase)
            || (suffix.StartsWith(".", StringComparison.Ordinal)
                && host.EndsWith(suffix, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Host and port of an entry. An IPv6 address has a port only after brackets.</summary>
    private static (string Host, int? Port) WithoutPort(string text)
    {
        int colon = text.LastIndexOf(':');
        bool hasPort = colon > 0 && (text.IndexOf(':') == colon || text[colon - 1] == ']');
        return hasPort && ToNumber(text.Substring(colon + 1)) is { } port
            ? (text.Substring(0, colon).TrimEnd('.'), port)
            : (text.TrimEnd('.'), null);
    }

    private static string Unbracketed(string host) =>
        host.StartsWith("[", StringComparison.Ordinal) && host.EndsWith("]", StringComparison.Ordinal)
            ? host.Substring(1, host.Length - 2)
            : host;

    private static int? ToNumber(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
