using System;

namespace OssPayment.Credentials;

/// <summary>
/// The environment variables for credentials and their sources, and the only place where they are read.
/// </summary>
internal static class CredentialVariables
{
    internal const string OssAccessKeyId = "OSS_ACCESS_KEY_ID";
    internal const string OssAccessKeySecret = "OSS_ACCESS_KEY_SECRET";
    internal const string OssToken = "OSS_SESSION_TOKEN";

    internal const string CloudAccessKeyId = "ALIBABA_CLOUD_ACCESS_KEY_ID";
    internal const string CloudAccessKeySecret = "ALIBABA_CLOUD_ACCESS_KEY_SECRET";
    internal const string CloudToken = "ALIBABA_CLOUD_SECURITY_TOKEN";

    internal const string RoleArn = "ALIBABA_CLOUD_ROLE_ARN";
    internal const string OidcProviderArn = "ALIBABA_CLOUD_OIDC_PROVIDER_ARN";
    internal const string OidcTokenFile = "ALIBABA_CLOUD_OIDC_TOKEN_FILE";
    internal const string RoleSessionName = "ALIBABA_CLOUD_ROLE_SESSION_NAME";
    internal const string StsRegion = "ALIBABA_CLOUD_STS_REGION";
    internal const string VpcEndpoint = "ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED";

    internal const string EcsRole = "ALIBABA_CLOUD_ECS_METADATA";
    internal const string EcsDisabled = "ALIBABA_CLOUD_ECS_METADATA_DISABLED";
    internal const string PlainEcsDisabled = "ALIBABA_CLOUD_IMDSV1_DISABLED";

    internal const string Uri = "ALIBABA_CLOUD_CREDENTIALS_URI";

    /// <summary>The current value of the variable; null if it is not set, or empty.</summary>
    internal static string? Read(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    /// <summary>Whether it is set to <c>true</c>, as the vendor's libraries read it.</summary>
    internal static bool IsTrue(string name) => string.Equals(Read(name), "true", StringComparison.OrdinalIgnoreCase);
}
