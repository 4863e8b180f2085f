using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using OssPayment.Redaction;
using OssPayment.Text;
using Xunit;

namespace OssPayment.Tests.Fuzz;

/// <summary>A secret is not shown in any encoding or context, and other text is kept.</summary>
public sealed class RedactorFuzz(ITestOutputHelper output)
{
    private const string Base64Characters = "ABCXYZabcxyz0189+/=";

    /// <summary>The ways in which a server or a gateway may echo a request.</summary>
    private static readonly Func<string, string>[] Clothes =
    [
        text => text,
        text => text.ToUpperInvariant(),
        text => text.ToLowerInvariant(),
        Uri.EscapeDataString,
        text => Each(text, c => char.IsLetterOrDigit(c) ? c.ToString() : $"%{(int)c:x2}"),
        text => Each(text, c => $"%{(int)c:X2}"),
        text => Each(text, c => $"&#{(int)c};"),
        text => Each(text, c => $"&#x{(int)c:x};"),
        text => Each(text, c => char.IsLetterOrDigit(c) ? c.ToString() : $"&#X{(int)c:X4};"),
        text => text.Replace("+", "&plus;").Replace("/", "&sol;").Replace("=", "&equals;"),
        text => text.Replace("/", "\\/"),
        text => Each(text, c => $"\\u{(int)c:x4}"),
        text => text.Replace("+", "\\u002B"),
    ];

    private static readonly Func<string, string> Wrap = text => string.Join("\r\n ", text.Chunk(5).Select(chunk => new string(chunk)));

    /// <summary>The replacement of a secret, which cannot be part of another case.</summary>
    private static readonly Func<string, string>[] Encodings =
    [
        text => text,
        text => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)),
        text => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).Replace('+', '-').Replace('/', '_').TrimEnd('='),
        text => Convert.ToHexString(Encoding.UTF8.GetBytes(text)),
        text => BitConverter.ToString(Encoding.UTF8.GetBytes(text)),
    ];

    private static readonly Gen<string> Secret = Gen.Choose(30, 120)
        .SelectMany(length => Gen.Elements<char>(Base64Characters).ArrayOf(length)).Select(characters => new string(characters))
        .Where(secret => Letters(secret).Distinct().Count() > 4 && Letters(secret).Length > 20);

    [Fact]
    public void A_secret_is_not_shown_in_any_encoding_or_context()
    {
        Gen<(string, string, string)> cases =
            from secret in Secret
            from encode in Gen.Elements(Encodings)
            from first in Gen.Elements([.. Clothes, Wrap])
            from second in Gen.Elements(Clothes)
            from cut in Gen.Choose(0, 1)
            from before in Gen.Elements("", "token: ", "{\"token\":\"", "?x=1&token=")
            let echoed = encode(secret[..^cut])
            let isBase64 = encode == Encodings[1] || encode == Encodings[2]
            let dressed = isBase64 ? Clothes[3](Wrap(echoed)) : second(first(echoed))
            select (secret, before + dressed + " was not accepted.", echoed);

        Fuzzer.Check(output, cases, 250, input =>
        {
            (string secret, string text, string echoed) = input;
            string shown = new Redactor(secret, null).With(new string('f', 64)).Redact(text, 100_000);

            Assert.Contains("***", shown, StringComparison.Ordinal);
            string left = Undressed(shown);
            Assert.All(Parts(secret, 12).Concat(Parts(echoed, 32)), part => Assert.DoesNotContain(part, left, StringComparison.Ordinal));
        });
    }

    [Fact]
    public void Any_secret_that_is_echoed_unchanged_is_not_shown() => Fuzzer.Check(output, Any.Visible, 250, secret =>
    {
        string shown = new Redactor(secret).Redact($"is {secret} .");

        Assert.Contains("***", shown, StringComparison.Ordinal);
        Assert.True(secret.Length < 4 || !shown.Contains(secret, StringComparison.Ordinal), shown);
    });

    [Fact]
    public void Any_text_without_a_part_of_the_secret_is_kept() => Fuzzer.Check(
        output,
        Gen.OneOf(Any.Text, Any.Mutated(Gen.Elements("a%2Bb&#43;&plus;\\/\\u002b&amp;amp;#x26;", "5C3D9175B6FC201293AD4890", "%%25&&amp;\\\\"))),
        250,
        text => Assert.Equal(
            Sanitizer.Sanitize(text.Contains('@', StringComparison.Ordinal) ? "" : text),
            new Redactor(new string('Q', 30), null).With(new string('7', 64)).Redact(text.Contains('@', StringComparison.Ordinal) ? "" : text)));

    /// <summary>The letters and digits that a reader could find, by means of .NET's own.</summary>
    private static string Undressed(string text)
    {
        for (int i = 0; i < 4; i++)
        {
            text = System.Text.RegularExpressions.Regex.Replace(
                text, @"\\u([0-9a-fA-F]{4})", match => ((char)int.Parse(match.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString());
            text = Uri.UnescapeDataString(System.Net.WebUtility.HtmlDecode(text));
        }

        return Letters(text);
    }

    private static IEnumerable<string> Parts(string text, int length)
    {
        string letters = Letters(text);
        return Enumerable.Range(0, Math.Max(0, letters.Length - length + 1)).Select(start => letters.Substring(start, length));
    }

    private static string Letters(string text) => string.Concat(text.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();

    private static string Each(string text, Func<char, string> write) => string.Concat(text.Select(write));
}
