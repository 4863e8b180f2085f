using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using OssPayment.Operations;
using Xunit;

namespace OssPayment.Tests.Example;

/// <summary>CONTRIBUTING.md shows a new operation with the two files of this folder, which compile.</summary>
public sealed partial class ContributingExampleTests
{
    [Theory]
    [InlineData("BucketLocationOperations")]
    [InlineData("GetOssBucketLocationCommand")]
    public void The_example_in_CONTRIBUTING_is_code_that_compiles(string name)
    {
        string file = File.ReadAllText(Repository.PathOf("tests", "Unit", "Example", $"{name}.cs")).ReplaceLineEndings("\n");
        string[] blocks =
        [
            .. CodeBlock().Matches(File.ReadAllText(Repository.PathOf("CONTRIBUTING.md")).ReplaceLineEndings("\n"))
                .Select(match => match.Groups["code"].Value),
        ];

        Assert.Contains(file[(file.IndexOf("\n\n///", StringComparison.Ordinal) + 2)..], blocks);
    }

    [Fact]
    public void The_example_reads_the_documented_response()
    {
        var response = new OssResponse(
            200,
            "5C3D9175B6FC201293AD4890",
            Clients.Region,
            "https://oss-cn-hangzhou.aliyuncs.com",
            Encoding.UTF8.GetBytes("<LocationConstraint>oss-cn-hangzhou</LocationConstraint>"),
            reason => throw reason);

        Assert.Equal(
            new BucketLocation("a-bucket", "oss-cn-hangzhou"), BucketLocationOperations.Get("a-bucket").Read(response));
    }

    [Fact]
    public void A_cmdlet_has_less_than_60_lines_beside_its_parameters()
    {
        foreach (string path in Directory.GetFiles(Repository.PathOf("src", "Commands"), "*Command.cs"))
        {
            string text = File.ReadAllText(path).ReplaceLineEndings("\n");
            int parameters = Property().Matches(text).Sum(match => match.Value.Count(c => c == '\n'));

            Assert.InRange(text.Count(c => c == '\n') - parameters, 1, 59);
        }
    }

    [GeneratedRegex(@"^```csharp[^\n]*\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    /// <summary>A parameter with its documentation and attributes.</summary>
    [GeneratedRegex(@"(?:^    ///[^\n]*\n)+(?:^    [\[ \])][^\n]*\n)*?^    public [^\n(]*\{[^\n]*\n\n?", RegexOptions.Multiline)]
    private static partial Regex Property();
}

/// <summary>Where a bucket is.</summary>
/// <param name="Bucket">The name of the bucket.</param>
/// <param name="Location">The region of the bucket, such as <c>oss-cn-hangzhou</c>.</param>
public sealed record BucketLocation(string Bucket, string Location);
