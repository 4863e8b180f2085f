using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace OssPayment.Tests;

/// <summary>The page about OSS has each fact by name that the module relies on.</summary>
public sealed partial class ServiceFactsTests
{
    private static readonly string Page = File.ReadAllText(Repository.PathOf("docs", "service.md"));
    private static readonly string Source = string.Concat(Repository.Sources().Select(source => source.Text));

    private static readonly string[] ErrorFiles =
        ["OssClient.cs", "OssErrors.cs", "ServiceErrorAdvice.cs", "ErrorRecords.cs", "OssServiceException.cs"];

    private static readonly string[] Owners = ["Bucket", "ResourcePool"];

    private static readonly string[] Verbs = ["Get", "Put", "Delete", "List"];

    [Fact]
    public void Every_EC_in_the_source_is_documented() => AssertOnPage(Names(ECNumber(), Source), 1);

    [Fact]
    public void Every_header_in_the_source_is_documented() => AssertOnPage(Names(Header(), Source), 8);

    [Fact]
    public void Every_element_that_is_read_is_documented() => AssertOnPage(Names(Element(), Source), 15);

    [Fact]
    public void Every_error_code_in_the_source_is_documented()
    {
        string text = string.Concat(
            Repository.Sources().Where(source => ErrorFiles.Contains(source.File)).Select(source => source.Text));

        AssertOnPage(Names(ErrorCode(), text), 11);
    }

    [Fact]
    public void Every_operation_is_documented()
    {
        IEnumerable<string> composed =
            from owner in Owners
            from verb in Verbs
            select $"{verb}{owner}RequesterQoSInfo{(verb == "List" ? "s" : "")}";

        AssertOnPage([.. composed, .. Names(Operation(), Source)], 17);
    }

    [Fact]
    public void Every_fact_has_a_source_or_is_marked_as_assumed()
    {
        string[][] rows =
        [
            .. Page.Split('\n')
                .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
                .Select(line => line.Trim('|', ' ').Split(" | ")),
        ];

        Assert.All(rows, row => Assert.Equal(2, row.Length));
        Assert.All(rows, row => Assert.NotEqual("", row[1].Trim()));
        Assert.True(rows.Count(row => row[1].Contains("**Assumed**", StringComparison.OrdinalIgnoreCase)) > 5);
    }

    private static void AssertOnPage(string[] names, int atLeast)
    {
        Assert.True(names.Length >= atLeast, $"Only {names.Length} names were found in the source.");
        Assert.All(names, name => Assert.True(
            Regex.IsMatch(Page, $@"(?<![\w-]){Regex.Escape(name)}(?![\w-])"), $"{name} is not on the page."));
    }

    private static string[] Names(Regex pattern, string text) =>
        [.. pattern.Matches(text).Select(match => match.Groups["name"].Value).Distinct().Order()];

    [GeneratedRegex(@"(?<name>\b[0-9]{4}-[0-9]{8}\b)")]
    private static partial Regex ECNumber();

    [GeneratedRegex("\"(?<name>[xX]-(oss|aliyun)-[a-z0-9-]+)\"")]
    private static partial Regex Header();

    [GeneratedRegex("(Require|TextOf|Child|Document|Field)\\((response, document, )?\"(?<name>[A-Z][A-Za-z]*)\"")]
    private static partial Regex Element();

    [GeneratedRegex(
        "(ErrorCode: |ErrorCode is |or |= |^\\s+|_ when )\"(?<name>[A-Z][A-Za-z]{9,})\"", RegexOptions.Multiline)]
    private static partial Regex ErrorCode();

    [GeneratedRegex("\"(?<name>(Get|Put|List|Delete)(Bucket|ResourcePool)[A-Za-z]*)\"")]
    private static partial Regex Operation();
}
