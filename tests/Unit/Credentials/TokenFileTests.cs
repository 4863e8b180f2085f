using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Threading.Tasks;
using OssPayment.Credentials;
using Xunit;

namespace OssPayment.Tests.Credentials;

/// <summary>The file with the OIDC token: in which encodings it is read, and that it may block.</summary>
public sealed class TokenFileTests : IDisposable
{
    private const string Token = "eyJhbGciOiJSUzI1NiJ9.HiddenOidcToken0123456789.HiddenSignature";

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;
    private readonly ManualClock _clock = new();

    public static TheoryData<string> Encodings => ["utf-8", "utf-16", "utf-16BE", "utf-32"];

    private string TokenFile => Path.Combine(_folder, "token");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task A_file_is_read_in_the_encoding_of_its_byte_order_mark(string encoding)
    {
        await using RawServer server = RawServer.Responding(Http.Response(401, """{"Code":"No"}"""));
        await File.WriteAllTextAsync(
            TokenFile, Token + "\r\n", Encoding.GetEncoding(encoding), TestContext.Current.CancellationToken);

        await FailureAsync(server);

        Assert.Contains($"OIDCToken={Token}&", Encoding.ASCII.GetString(Assert.Single(server.Requests).Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_of_the_largest_length_is_read_in_UTF_16()
    {
        string longest = new('a', 20_000);
        await using RawServer server = RawServer.Responding(Http.Response(401, """{"Code":"No"}"""));
        await File.WriteAllTextAsync(TokenFile, longest, Encoding.Unicode, TestContext.Current.CancellationToken);
        await FailureAsync(server);
        Assert.Contains($"OIDCToken={longest}&", Encoding.ASCII.GetString(Assert.Single(server.Requests).Body), StringComparison.Ordinal);

        await File.WriteAllTextAsync(TokenFile, longest + "a", Encoding.Unicode, TestContext.Current.CancellationToken);
        Assert.Contains("is empty or too large", (await FailureAsync(server)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_named_with_its_path()
    {
        await using RawServer server = RawServer.Responding(Http.Response(401));

        OssRequestException e = await FailureAsync(server);

        Assert.Contains(
            $"The file {TokenFile} that ALIBABA_CLOUD_OIDC_TOKEN_FILE names cannot be read (FileNotFoundException).",
            e.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_blocks_is_waited_for_in_vain_for_a_limited_time_and_read_again_later()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no named pipes in its file system.");
        await using RawServer server = RawServer.Responding(Http.Response(401, """{"Code":"No"}"""));
        string pipe = Path.Combine(_folder, "pipe");
        using (Process process = Process.Start("mkfifo", TokenFile))
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        for (int i = 0; i < 2; i++)
        {
            Task<OssRequestException> failure = FailureAsync(server);
            await _clock.AdvanceUntilAsync(failure);
            Assert.Contains("names could not be read within 5 seconds.", (await failure).Message, StringComparison.Ordinal);
        }

        // The path has become a file, while the earlier reads are still blocked.
        File.Move(TokenFile, pipe);
        await File.WriteAllTextAsync(TokenFile, Token, TestContext.Current.CancellationToken);
        await FailureAsync(server);
        Assert.Single(server.Requests);

        Release(pipe);
    }

    [Fact]
    public async Task Reads_that_block_are_limited_in_number()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no named pipes in its file system.");
        using (Process process = Process.Start("mkfifo", TokenFile))
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var reads = new List<Task<string>>();
        Exception? refusal = null;
        while (refusal is null)
        {
            refusal = Record.Exception(() => reads.Add(BlockingFile.ReadAsync(TokenFile, 10)));
        }

        Assert.Equal(
            "64 earlier reads of files are still blocked. Restart PowerShell.",
            Assert.IsType<OssRequestException>(refusal).Message);
        Assert.InRange(reads.Count, 1, BlockingFile.MaximumReads);
        while (!Task.WhenAll(reads).IsCompleted)
        {
            Release(TokenFile);
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Ends the reads that wait for a writer. Opened for both, a pipe does not block.</summary>
    private static void Release(string pipe) =>
        new FileStream(pipe, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite).Dispose();

    private async Task<OssRequestException> FailureAsync(RawServer server) => await Assert.ThrowsAsync<OssRequestException>(
        () => new OidcSource(server.Uri, "a-role", "a-provider", TokenFile, "session", null, TimeSpan.FromSeconds(10))
            .FetchAsync(_clock).Soon());
}
