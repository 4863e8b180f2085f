using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace OssPayment.Tests.Client.Faults.Rows;

/// <summary>Text in errors that must be made harmless before it is shown, and clocks that are not valid.</summary>
internal static class ErrorTextRows
{
    private static readonly (string Name, string Text)[] Hostile =
    [
        ("C1 escape sequences", "\u009B31mred\u0085"),
        ("invisible letters", "a\u200Bb\uFEFFc\u2028d\uE000"),
        ("line breaks", "one\r\ntwo\tthree"),
        ("right-to-left marks", "safe\u202Egnp.exe\u2066\u200F"),
        ("tags beyond the BMP", "a\U000E0041b"),
    ];

    private static readonly string[] Fields = ["Message", "RequestId", "HostId", "EC", "RecommendDoc", "Endpoint"];

    internal static IEnumerable<FaultRow> All =>
    [
        .. Hostile.SelectMany(hostile => Fields.Select(name => Odd(
            $"{hostile.Name} in {name}", $"<Code>Odd</Code><{name}>{hostile.Text}</{name}>", "Odd"))),
        .. Hostile.Select(hostile => Odd($"{hostile.Name} in Code", $"<Code>Odd{hostile.Text}</Code>", "Odd*")),
        Clock("a clock in the year 9999", "9999-12-31T23:59:59.9999999Z"),
        Clock("a clock in the year 1", "0001-01-01T00:00:00Z"),
        Clock("a clock that is not a time", "noon"),
    ];

    private static FaultRow Odd(string name, string elements, string id) =>
        new(name, Responses.Error(elements), new FaultEnd(id, ErrorCategory.PermissionDenied));

    private static FaultRow Clock(string name, string time) => new(
        name,
        Responses.Error($"<Code>RequestTimeTooSkewed</Code><ServerTime>{time}</ServerTime>"),
        new FaultEnd("RequestTimeTooSkewed", ErrorCategory.AuthenticationError))
    {
        MaximumRequests = 3,
    };
}
