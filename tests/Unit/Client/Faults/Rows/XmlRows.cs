using System.Collections.Generic;
using System.Linq;
using OssPayment.Emulator.Faults;

namespace OssPayment.Tests.Client.Faults.Rows;

/// <summary>Hostile XML, as a success and as an error.</summary>
internal static class XmlRows
{
    private static readonly string ManyLevels = Repeat("<x>", 10_000) + Repeat("</x>", 10_000);

    internal static IEnumerable<FaultRow> All =>
    [
        .. Hostile(200),
        .. Hostile(403),

        // These would be right without the one thing that is wrong.
        Invalid("a payer from an entity", Responses.Body(
            "<!DOCTYPE x [<!ENTITY e 'Requester'>]>"
            + "<RequestPaymentConfiguration><Payer>&e;</Payer></RequestPaymentConfiguration>")),
        Invalid("an error code from an entity", Responses.Body(
            "<!DOCTYPE x [<!ENTITY e 'Odd'>]><Error><Code>&e;</Code></Error>", 403)),
        Invalid("a payer beside 10,000 levels", Responses.Body(
            $"<RequestPaymentConfiguration><Payer>Requester</Payer>{ManyLevels}</RequestPaymentConfiguration>")),
        Encoded("UTF-16", "utf-16"),
        Encoded("UTF-16 with the big end first", "utf-16BE"),
    ];

    private static IEnumerable<FaultRow> Hostile(int status) =>
        from row in HostileTexts()
        select Invalid($"{row.Name} with status {status}", Responses.Body(row.Text, status) with
        {
            Encoding = row.Encoding,
        });

    private static (string Name, string Text, string Encoding)[] HostileTexts() =>
    [
        ("a bomb of entities", Bomb(), "utf-8"),
        (
            "an external entity",
            $"<!DOCTYPE x [<!ENTITY e SYSTEM 'http://{FaultRow.Elsewhere}/e'>]><x>&e;</x>",
            "utf-8"),
        ("an external DTD", $"<!DOCTYPE x SYSTEM 'http://{FaultRow.Elsewhere}/x.dtd'><x/>", "utf-8"),
        (
            "a parameter entity",
            $"<!DOCTYPE x [<!ENTITY % p SYSTEM 'http://{FaultRow.Elsewhere}/p'> %p;]><x/>",
            "utf-8"),
        (
            "a file as an entity",
            "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><Error><Code>&e;</Code></Error>",
            "utf-8"),
        ("10,000 levels", ManyLevels, "utf-8"),
        ("60,000 elements", $"<x>{Repeat("<y/>", 60_000)}</x>", "utf-8"),
        (
            "10,000 attributes",
            $"<x {string.Concat(Enumerable.Range(1, 10_000).Select(i => $"a{i}='' "))}/>",
            "utf-8"),
        ("an unknown encoding", """<?xml version="1.0" encoding="x-klingon"?><x/>""", "utf-8"),
        ("UTF-8 that is declared as UTF-16", """<?xml version="1.0" encoding="utf-16"?><x/>""", "utf-8"),
        ("Latin-1 in place of UTF-8", "<x>\u00E9</x>", "latin1"),
        ("an unknown entity", "<x>&nbsp;</x>", "utf-8"),
        ("NUL and other control characters", "<x>\0\e[31m</x>", "utf-8"),
        ("control characters as references", "<x>&#27;[31m&#0;</x>", "utf-8"),
    ];

    /// <summary>Ten entities, each of them ten times the one before: 10 TB.</summary>
    private static string Bomb()
    {
        IEnumerable<string> entities = Enumerable.Range(0, 10)
            .Select(i => $"<!ENTITY b{i} '{Repeat($"&{(i == 0 ? "a" : $"b{i - 1}")};", 10)}'>");
        return $"<!DOCTYPE x [<!ENTITY a '{new string('a', 1000)}'>{string.Concat(entities)}]><x>&b9;</x>";
    }

    private static FaultRow Invalid(string name, FaultAction action) => new(name, action, FaultEnd.Invalid);

    /// <summary>The right body in an encoding that XML allows. For a change the right body is empty.</summary>
    private static FaultRow Encoded(string name, string encoding) =>
        new(name, Responses.Body(FaultRow.Right) with { Encoding = encoding }, FaultEnd.Success)
        {
            EndOfChange = FaultEnd.Invalid,
        };

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
