using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace OssPayment.Tests.Client.Faults.Rows;

/// <summary>Values that OSS would not send.</summary>
internal static partial class ValueRows
{
    private static readonly string[] Payers =
        ["", "requester", "REQUESTER", "Nobody", "0", "1", "BucketOwner,Requester", "Requester\u200B"];

    private static readonly string[] Bandwidths =
    [
        "", "abc", "1.5", "1e3", "0x10", "1,000", "10 Gbit", "9223372036854775808", "99999999999999999999", "-2",
        "-9223372036854775809", "\uFF11",
    ];

    internal static IEnumerable<FaultRow> All =>
    [
        .. Payers.Select(payer => Payment($"the payer '{Ascii(payer)}'", $"<Payer>{payer}</Payer>")),
        Payment("two payers", "<Payer>BucketOwner</Payer><Payer>Requester</Payer>"),
        Payment("no payer", ""),
        .. Bandwidths.Select(bandwidth => QoS(
            $"the bandwidth '{Ascii(bandwidth)}'",
            "300100",
            $"<QoSConfiguration><TotalUploadBandwidth>{bandwidth}</TotalUploadBandwidth></QoSConfiguration>")),
        QoS("a requester that is not a UID", "../x", "<QoSConfiguration/>"),
        QoS("another requester", "300200", "<QoSConfiguration/>"),
        QoS("a requester without limits", "300100", ""),
    ];

    private static FaultRow Payment(string name, string payers) => new(
        name,
        Responses.Body($"<RequestPaymentConfiguration>{payers}</RequestPaymentConfiguration>"),
        FaultEnd.Invalid);

    private static FaultRow QoS(string name, string requester, string limits) => new(
        name,
        Responses.Body($"<RequesterQoSInfo><Requester>{requester}</Requester>{limits}</RequesterQoSInfo>"),
        FaultEnd.Invalid);

    private static string Ascii(string text) => NotAscii().Replace(text, "?");

    [GeneratedRegex(@"\P{IsBasicLatin}")]
    private static partial Regex NotAscii();
}
