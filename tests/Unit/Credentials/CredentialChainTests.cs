using System;
using System.Collections.Generic;
using System.Linq;
using OssPayment.Credentials;
using Xunit;

namespace OssPayment.Tests.Credentials;

/// <summary>The environment belongs to the process, so no other test runs in parallel.</summary>
[Collection(nameof(EnvironmentCredentialsTests))]
public sealed class CredentialChainTests : IDisposable
{
    private const string Oidc =
        "ALIBABA_CLOUD_ROLE_ARN=role ALIBABA_CLOUD_OIDC_PROVIDER_ARN=provider ALIBABA_CLOUD_OIDC_TOKEN_FILE=/token";
    private const string Ecs = "ALIBABA_CLOUD_ECS_METADATA=a-role";
    private const string AtUri = "ALIBABA_CLOUD_CREDENTIALS_URI=https://credentials.example.com/hidden-path?hidden-query";

    private static readonly string[] Names =
    [
        "OSS_ACCESS_KEY_ID", "OSS_ACCESS_KEY_SECRET", "OSS_SESSION_TOKEN",
        "ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "ALIBABA_CLOUD_SECURITY_TOKEN",
        "ALIBABA_CLOUD_ROLE_ARN", "ALIBABA_CLOUD_OIDC_PROVIDER_ARN", "ALIBABA_CLOUD_OIDC_TOKEN_FILE",
        "ALIBABA_CLOUD_ROLE_SESSION_NAME", "ALIBABA_CLOUD_STS_REGION", "ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED",
        "ALIBABA_CLOUD_ECS_METADATA", "ALIBABA_CLOUD_ECS_METADATA_DISABLED", "ALIBABA_CLOUD_IMDSV1_DISABLED",
        "ALIBABA_CLOUD_CREDENTIALS_URI",
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
    [InlineData("OSS_ACCESS_KEY_ID=of-oss OSS_ACCESS_KEY_SECRET=secret ALIBABA_CLOUD_ACCESS_KEY_ID=of-cloud ALIBABA_CLOUD_ACCESS_KEY_SECRET=secret " + Oidc + " " + Ecs + " " + AtUri, "of-oss")]
    [InlineData("ALIBABA_CLOUD_ACCESS_KEY_ID=of-cloud ALIBABA_CLOUD_ACCESS_KEY_SECRET=secret " + Oidc + " " + Ecs + " " + AtUri, "of-cloud")]
    [InlineData(Oidc + " " + Ecs + " " + AtUri, "ALIBABA_CLOUD_OIDC_TOKEN_FILE")]
    [InlineData("ALIBABA_CLOUD_ROLE_ARN=role ALIBABA_CLOUD_OIDC_TOKEN_FILE=/token " + Ecs + " " + AtUri, "ALIBABA_CLOUD_ECS_METADATA")]
    [InlineData(Ecs + " " + AtUri, "ALIBABA_CLOUD_ECS_METADATA")]
    [InlineData(Ecs + " ALIBABA_CLOUD_ECS_METADATA_DISABLED=false " + AtUri, "ALIBABA_CLOUD_ECS_METADATA")]
    [InlineData(Ecs + " ALIBABA_CLOUD_ECS_METADATA_DISABLED=True " + AtUri, "ALIBABA_CLOUD_CREDENTIALS_URI")]
    [InlineData(AtUri, "ALIBABA_CLOUD_CREDENTIALS_URI")]
    [InlineData("ALIBABA_CLOUD_ROLE_ARN='role' " + AtUri, "ALIBABA_CLOUD_CREDENTIALS_URI")]
    [InlineData("ALIBABA_CLOUD_ECS_METADATA='a-role' ALIBABA_CLOUD_ECS_METADATA_DISABLED=true " + AtUri, "ALIBABA_CLOUD_CREDENTIALS_URI")]
    [InlineData("ALIBABA_CLOUD_ECS_METADATA= " + AtUri, "ALIBABA_CLOUD_CREDENTIALS_URI")]
    public void The_first_source_in_the_environment_is_used(string variables, string chosenBy)
    {
        Set(variables);

        ICredentialProvider chosen = Choose();

        Assert.Contains(chosenBy, chosen.Source ?? chosen.Identity, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", chosen.Source ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("ALIBABA_CLOUD_IMDSV1_DISABLED=true ALIBABA_CLOUD_STS_REGION=cn-hangzhou", null)]
    [InlineData(Ecs + " ALIBABA_CLOUD_ECS_METADATA_DISABLED=true", null)]
    [InlineData("ALIBABA_CLOUD_ROLE_ARN=role", "ALIBABA_CLOUD_OIDC_PROVIDER_ARN and ALIBABA_CLOUD_OIDC_TOKEN_FILE")]
    [InlineData("ALIBABA_CLOUD_ROLE_ARN=role ALIBABA_CLOUD_OIDC_PROVIDER_ARN=x", "ALIBABA_CLOUD_OIDC_TOKEN_FILE")]
    public void Without_a_source_the_missing_variables_are_named(string variables, string? missing)
    {
        Set(variables);

        var e = Assert.Throws<OssRequestException>(Choose);

        Assert.Equal(OssRequestError.CredentialsNotFound, e.Error);
        Assert.Equal(missing is not null, e.Message.Contains($"For an OIDC token, {missing} must also be set", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "", "https://sts.aliyuncs.com/")]
    [InlineData("", "true", "https://sts.aliyuncs.com/")]
    [InlineData("cn-hangzhou", "", "https://sts.cn-hangzhou.aliyuncs.com/")]
    [InlineData("cn-hangzhou", "false", "https://sts.cn-hangzhou.aliyuncs.com/")]
    [InlineData("us-west-1", "TRUE", "https://sts-vpc.us-west-1.aliyuncs.com/")]
    public void The_region_and_the_VPC_setting_select_the_STS_endpoint(string region, string vpc, string expected)
    {
        Set($"{Oidc} ALIBABA_CLOUD_STS_REGION={region} ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED={vpc}");

        Assert.Contains($"\n{expected}\n", Choose().Identity, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Oidc + " ALIBABA_CLOUD_STS_REGION=evil.example.com/", "ALIBABA_CLOUD_STS_REGION")]
    [InlineData(Oidc + " ALIBABA_CLOUD_STS_REGION=x@evil", "ALIBABA_CLOUD_STS_REGION")]
    [InlineData("ALIBABA_CLOUD_ECS_METADATA=../../api", "ALIBABA_CLOUD_ECS_METADATA")]
    [InlineData("ALIBABA_CLOUD_ECS_METADATA=..", "ALIBABA_CLOUD_ECS_METADATA")]
    [InlineData("ALIBABA_CLOUD_ECS_METADATA=a?b", "ALIBABA_CLOUD_ECS_METADATA")]
    [InlineData("ALIBABA_CLOUD_ECS_METADATA=acs:ram::1:role/a-role", "ALIBABA_CLOUD_ECS_METADATA")]
    [InlineData("ALIBABA_CLOUD_CREDENTIALS_URI=http://credentials.example.com/", "http is allowed only for localhost")]
    [InlineData("ALIBABA_CLOUD_CREDENTIALS_URI=http://100.100.100.200/", "http is allowed only for localhost")]
    [InlineData("ALIBABA_CLOUD_CREDENTIALS_URI=http://169.253.0.1/", "http is allowed only for localhost")]
    [InlineData("ALIBABA_CLOUD_CREDENTIALS_URI=http://localhost.example.com/", "http is allowed only for localhost")]
    [InlineData("ALIBABA_CLOUD_CREDENTIALS_URI=http://[2001:db8::1]/", "http is allowed only for localhost")]
    [InlineData("ALIBABA_CLOUD_CREDENTIALS_URI=https://user:hidden@credentials.example.com/", "user info")]
    [InlineData("ALIBABA_CLOUD_CREDENTIALS_URI=https://alice:2024#hidden@credentials.example.com/", "contains a fragment")]
    [InlineData("ALIBABA_CLOUD_CREDENTIALS_URI=file:///hidden", "not an http or https URI")]
    [InlineData("ALIBABA_CLOUD_CREDENTIALS_URI=credentials.example.com/hidden", "not an http or https URI")]
    [InlineData("ALIBABA_CLOUD_CREDENTIALS_URI=/hidden", "not an http or https URI")]
    public void An_invalid_variable_is_refused_before_anything_is_sent(string variables, string expected)
    {
        Set(variables);

        var e = Assert.Throws<OssRequestException>(Choose);

        Assert.Equal(OssRequestError.CredentialSourceFailed, e.Error);
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", $"{e}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("0")]
    [InlineData("yes")]
    [InlineData("on")]
    [InlineData("\"true\"")]
    [InlineData("true\r")]
    [InlineData("tru\u0131e")]
    public void A_switch_that_is_neither_true_nor_false_is_refused(string value)
    {
        foreach ((string name, string source) in new[]
        {
            ("ALIBABA_CLOUD_IMDSV1_DISABLED", Ecs),
            ("ALIBABA_CLOUD_ECS_METADATA_DISABLED", Ecs),
            ("ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED", Oidc),
        })
        {
            Set(source);
            Environment.SetEnvironmentVariable(name, value);

            var e = Assert.Throws<OssRequestException>(Choose);

            Assert.Equal(OssRequestError.CredentialSourceFailed, e.Error);
            Assert.StartsWith($"The environment variable {name} ", e.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("true")]
    [InlineData("True")]
    [InlineData("TRUE")]
    [InlineData("false")]
    [InlineData("FALSE")]
    [InlineData("")]
    public void A_switch_is_accepted_in_any_case_of_letters(string value)
    {
        Set($"{Ecs} ALIBABA_CLOUD_IMDSV1_DISABLED={value}");

        Assert.EndsWith(
            $"\n{string.Equals(value, "true", StringComparison.OrdinalIgnoreCase)}", Choose().Identity, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"{0}\"", "begins or ends with a quotation mark")]
    [InlineData("'{0}'", "begins or ends with a quotation mark")]
    [InlineData("{0}\r", "line break")]
    [InlineData("{0}\n", "line break")]
    [InlineData(" {0}", "space")]
    public void What_an_environment_file_leaves_around_a_value_is_refused(string format, string expected)
    {
        foreach (string variables in new[] { Oidc + " ALIBABA_CLOUD_ROLE_SESSION_NAME=a ALIBABA_CLOUD_STS_REGION=cn-hangzhou", Ecs, AtUri })
        {
            foreach (string variable in variables.Split(' '))
            {
                Set(variables);
                string name = variable.Split('=')[0];
                Environment.SetEnvironmentVariable(name, string.Format(null, format, variable.Split('=', 2)[1]));

                var e = Assert.Throws<OssRequestException>(Choose);

                Assert.Equal(OssRequestError.CredentialSourceFailed, e.Error);
                Assert.StartsWith($"The environment variable {name} ", e.Message, StringComparison.Ordinal);
                Assert.Contains(expected, e.Message, StringComparison.Ordinal);
                Assert.DoesNotContain("hidden", e.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void The_path_of_the_token_file_is_found_by_the_caller_only_if_it_is_used()
    {
        Set(Oidc);

        ICredentialProvider chosen = CredentialChain.Choose(
            null, Patience.Limit, Clients.Policy(0, TimeSpan.Zero), path => $"/found{path}");
        var e = Assert.Throws<OssRequestException>(
            () => CredentialChain.Choose(null, Patience.Limit, Clients.Policy(0, TimeSpan.Zero), _ => null));
        Set(Ecs);
        CredentialChain.Choose(null, Patience.Limit, Clients.Policy(0, TimeSpan.Zero), _ => throw new InvalidOperationException());

        Assert.Contains("\n/found/token\n", chosen.Identity, StringComparison.Ordinal);
        Assert.Contains(
            "ALIBABA_CLOUD_OIDC_TOKEN_FILE is '/token', which is not a path in the file system", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost:1/")]
    [InlineData("http://127.0.0.1:1/")]
    [InlineData("http://127.8.9.1:1/")]
    [InlineData("http://[::1]:1/")]
    [InlineData("http://169.254.170.2/")]
    [InlineData("http://[fe80::1]/")]
    [InlineData("https://credentials.example.com/")]
    public void Http_is_accepted_for_this_machine_and_https_for_any_host(string uri)
    {
        Set($"ALIBABA_CLOUD_CREDENTIALS_URI={uri}");

        Assert.Contains(new Uri(uri).GetLeftPart(UriPartial.Authority), Choose().Source!, StringComparison.Ordinal);
    }

    private static ICredentialProvider Choose() =>
        CredentialChain.Choose(null, Patience.Limit, Clients.Policy(0, TimeSpan.Zero), path => path);

    private static void Set(string variables)
    {
        foreach (string name in Names)
        {
            Environment.SetEnvironmentVariable(name, null);
        }

        foreach (string variable in variables.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = variable.Split('=', 2);
            Environment.SetEnvironmentVariable(parts[0], parts[1]);
        }
    }
}
