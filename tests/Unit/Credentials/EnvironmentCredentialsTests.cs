using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using OssPayment.Credentials;
using OssPayment.Signing;
using Xunit;

namespace OssPayment.Tests.Credentials;

/// <summary>The environment belongs to the process, so no other test runs in parallel.</summary>
[Collection(nameof(EnvironmentCredentialsTests))]
[CollectionDefinition(nameof(EnvironmentCredentialsTests), DisableParallelization = true)]
public sealed class EnvironmentCredentialsTests : IDisposable
{
    private static readonly string[] Names =
    [
        "OSS_ACCESS_KEY_ID", "OSS_ACCESS_KEY_SECRET", "OSS_SESSION_TOKEN",
        "ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "ALIBABA_CLOUD_SECURITY_TOKEN",
    ];

    private readonly Dictionary<string, string?> _before = Names.ToDictionary(name => name, Environment.GetEnvironmentVariable);

    public void Dispose()
    {
        foreach (KeyValuePair<string, string?> variable in _before)
        {
            Environment.SetEnvironmentVariable(variable.Key, variable.Value);
        }
    }

    [Theory]
    [InlineData("id,secret,,,,", "id", "secret", null)]
    [InlineData("id,secret,token,,,", "id", "secret", "token")]
    [InlineData(",,,id,secret,", "id", "secret", null)]
    [InlineData(",,,id,secret,token", "id", "secret", "token")]
    [InlineData("id,secret,token,id2,secret2,token2", "id", "secret", "token")]
    [InlineData("id,secret,,id2,secret2,token2", "id", "secret", null)]
    [InlineData(",,token,id2,secret2,", "id2", "secret2", null)]
    [InlineData("id,secret,,id2,,", "id", "secret", null)]
    public void Credentials_come_from_only_one_family_of_variables(string values, string id, string secret, string? token)
    {
        Set(values.Split(','));

        OssCredentials credentials = Read();

        Assert.Equal((id, secret, token), (credentials.AccessKeyId, credentials.AccessKeySecret, credentials.SecurityToken));
    }

    [Fact]
    public void Credentials_are_read_again_each_time()
    {
        Set("id", "secret", "", "", "", "");
        Read();
        Set("id2", "secret2", "token2", "", "", "");

        Assert.Equal("secret2", Read().AccessKeySecret);
    }

    [Theory]
    [InlineData(",,,,,", "OSS_ACCESS_KEY_ID")]
    [InlineData(",,token,,,token", "OSS_ACCESS_KEY_ID")]
    [InlineData("id,,,,,", "OSS_ACCESS_KEY_SECRET")]
    [InlineData(",secret,,,,", "OSS_ACCESS_KEY_ID")]
    [InlineData("id,,,id2,secret2,", "OSS_ACCESS_KEY_SECRET")]
    [InlineData(",secret,,id2,secret2,", "OSS_ACCESS_KEY_ID")]
    [InlineData(",,,id2,,", "ALIBABA_CLOUD_ACCESS_KEY_SECRET")]
    [InlineData(",,,,secret2,", "ALIBABA_CLOUD_ACCESS_KEY_ID")]
    public void An_incomplete_credential_is_an_error_that_names_the_missing_part(string values, string missing)
    {
        Set(values.Split(','));

        var e = Assert.Throws<OssRequestException>(Read);

        Assert.Equal(OssRequestError.CredentialsNotFound, e.Error);
        Assert.Contains(missing, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret2", e.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("hidden ")]
    [InlineData(" hidden")]
    [InlineData("hid den")]
    [InlineData("hidden\n")]
    [InlineData("hidden\r\nx-oss-evil: hidden")]
    [InlineData("hidden\t")]
    [InlineData("hidden\u007F")]
    [InlineData("hidden\u00A0")]
    [InlineData("hiddén")]
    public void A_value_that_is_not_valid_is_refused_by_variable_name_and_never_shown(string value)
    {
        for (int i = 0; i < Names.Length; i++)
        {
            string[] values = i < 3 ? ["id", "secret", "token", "", "", ""] : ["", "", "", "id", "secret", "token"];
            values[i] = value;
            Set(values);

            var e = Assert.Throws<OssRequestException>(Read);

            Assert.Equal(OssRequestError.CredentialsNotFound, e.Error);
            Assert.Contains(Names[i], e.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("hid", $"{e}", StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("\"hidden\"")]
    [InlineData("'hidden'")]
    [InlineData("hidden\"")]
    [InlineData("'hidden")]
    [InlineData("`hidden`")]
    [InlineData("\"\"")]
    [InlineData("'")]
    public void Quotation_marks_around_a_value_are_named_as_the_cause(string value)
    {
        for (int i = 0; i < Names.Length; i++)
        {
            string[] values = i < 3 ? ["id", "secret", "token", "", "", ""] : ["", "", "", "id", "secret", "token"];
            values[i] = value;
            Set(values);

            OssRequestException e = Refusal();

            Assert.Contains($"{Names[i]} begins or ends with a quotation mark", e.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("hid", $"{e}", StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_quotation_mark_within_a_value_is_accepted()
    {
        Set("id", "sec\"ret", "", "", "", "");

        Assert.Equal("sec\"ret", Read().AccessKeySecret);
    }

    [Theory]
    [InlineData("STS.id,secret,,,,", "OSS_ACCESS_KEY_ID", "OSS_SESSION_TOKEN", null)]
    [InlineData("STS.id,secret,,,,token", "OSS_ACCESS_KEY_ID", "OSS_SESSION_TOKEN", "ALIBABA_CLOUD_SECURITY_TOKEN")]
    [InlineData(",,,STS.id,secret,", "ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_SECURITY_TOKEN", null)]
    [InlineData(",,token,STS.id,secret,", "ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_SECURITY_TOKEN", "OSS_SESSION_TOKEN")]
    public void A_temporary_access_key_id_requires_the_token_of_its_own_family(
        string values, string id, string token, string? otherToken)
    {
        Set(values.Split(','));

        OssRequestException e = Refusal();

        Assert.Contains($"variable {id} begins with STS., so it belongs to temporary credentials", e.Message, StringComparison.Ordinal);
        Assert.Contains($"Set {token} to the token", e.Message, StringComparison.Ordinal);
        Assert.Equal(otherToken is not null, e.Message.Contains($" {otherToken} is set, but belongs", StringComparison.Ordinal));
        Assert.DoesNotContain("secret", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("STS.id,secret,token,,,")]
    [InlineData("stsid,secret,,,,")]
    [InlineData("LTAI5id,secret,,,,token")]
    [InlineData("LTAI5id,secret,token,,,")]
    public void Other_ids_are_accepted_with_a_token_and_without(string values)
    {
        Set(values.Split(','));

        Assert.Equal(values.Split(',')[0], Read().AccessKeyId);
    }

    internal static OssCredentials Read()
    {
        ICredentialProvider provider =
            CredentialChain.Choose(null, TimeSpan.FromSeconds(1), Clients.Policy(0, TimeSpan.Zero), path => path);
        return Assert.IsType<FixedCredentials>(provider).GetAsync(CancellationToken.None).Result;
    }

    private static OssRequestException Refusal()
    {
        var e = Assert.Throws<OssRequestException>(Read);
        Assert.Equal(OssRequestError.CredentialsNotFound, e.Error);
        return e;
    }

    private static void Set(params string[] values)
    {
        for (int i = 0; i < Names.Length; i++)
        {
            Environment.SetEnvironmentVariable(Names[i], values[i]);
        }
    }
}
