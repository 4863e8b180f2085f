using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using OssPayment.Signing;
using OssPayment.Tests.Credentials;
using Xunit;

namespace OssPayment.Tests.Fuzz;

/// <summary>Values in the environment are used unchanged, or refused before anything is sent.</summary>
[Collection(nameof(EnvironmentCredentialsTests))]
public sealed class CredentialFuzz : IDisposable
{
    private static readonly string[] Names = ["OSS_ACCESS_KEY_ID", "OSS_ACCESS_KEY_SECRET", "OSS_SESSION_TOKEN"];

    private readonly Dictionary<string, string?> _before = Names.ToDictionary(name => name, Environment.GetEnvironmentVariable);
    private readonly ITestOutputHelper _output;

    public CredentialFuzz(ITestOutputHelper output)
    {
        _output = output;
    }

    public void Dispose()
    {
        foreach (KeyValuePair<string, string?> variable in _before)
        {
            Environment.SetEnvironmentVariable(variable.Key, variable.Value);
        }
    }

    [Fact]
    public void Credentials_are_used_unchanged_or_refused()
    {
        // An environment cannot hold a NUL, nor an empty value everywhere.
        Gen<string> value = Gen.Frequency((6, Any.Visible), (2, Any.Mutated(Any.Visible)), (1, Any.Text))
            .Where(text => text.Length > 0 && !text.Contains('\0', StringComparison.Ordinal));

        Fuzzer.Check(_output, Gen.Three(value), 250, parts =>
        {
            string[] values = [parts.Item1, parts.Item2, parts.Item3];
            for (int i = 0; i < Names.Length; i++)
            {
                Environment.SetEnvironmentVariable(Names[i], values[i]);
            }

            bool isClean = values.All(
                text => text.All(c => c is > ' ' and <= '~') && "\"'`".IndexOfAny([text[0], text[^1]]) < 0);
            try
            {
                OssCredentials credentials = EnvironmentCredentialsTests.Read();
                Assert.True(isClean);
                Assert.Equal(values, (string?[])[credentials.AccessKeyId, credentials.AccessKeySecret, credentials.SecurityToken]);
            }
            catch (OssRequestException e)
            {
                Assert.False(isClean);
                Assert.Equal(OssRequestError.CredentialsNotFound, e.Error);
                Assert.All(values.Where(text => text.Length > 8), text => Assert.DoesNotContain(text, e.Message, StringComparison.Ordinal));
            }
        });
    }
}
