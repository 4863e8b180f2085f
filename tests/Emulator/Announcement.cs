using System;
using System.Linq;
using System.Text.Json;
using OssPayment.Emulator.State;

namespace OssPayment.Emulator;

/// <summary>The text that a started emulator prints: how to use it.</summary>
internal static class Announcement
{
    /// <summary>One line of JSON, for a parent process.</summary>
    public static string Json(OssEmulator emulator) => JsonSerializer.Serialize(
        new
        {
            HttpEndpoint = Plain(emulator.HttpEndpoint),
            HttpsEndpoint = Plain(emulator.HttpsEndpoint),
            Proxy = Plain(emulator.Proxy),
            Control = Plain(emulator.ControlEndpoint),
            AuthorityCertificate = emulator.AuthorityCertificatePath,
            EcsRole = Seed.EcsRole,
            RoleArn = Seed.RoleArn,
            OidcProviderArn = Seed.OidcProviderArn,
            OidcToken = Seed.OidcToken,
            Keys = emulator.State.KeyPairs.All.Select(pair => new { pair.Name, pair.Id, pair.Secret, pair.Token }),
        },
        JsonSerializerOptions.Web);

    /// <summary>Lines for a user to paste into PowerShell.</summary>
    public static string Text(OssEmulator emulator)
    {
        KeyPair owner = emulator.State.KeyPairs["owner"];
        string buckets = string.Join(", ", Seed.Buckets.Select(bucket => $"{bucket.Key} ({bucket.Value})"));
        return
            $"""
            # An OSS endpoint runs on this machine. In PowerShell:
            $env:OSS_ENDPOINT = '{Plain(emulator.HttpEndpoint)}'
            $env:OSS_REGION = 'cn-hangzhou'
            $env:OSS_ACCESS_KEY_ID = '{owner.Id}'
            $env:OSS_ACCESS_KEY_SECRET = '{owner.Secret}'

            # For https (on Linux, set this before PowerShell starts; on other systems, trust the certificate):
            # $env:SSL_CERT_FILE = '{emulator.AuthorityCertificatePath}'
            # $env:OSS_ENDPOINT = '{Plain(emulator.HttpsEndpoint)}'

            # For the real host names, such as oss-cn-hangzhou.aliyuncs.com, use this proxy:
            # {Plain(emulator.Proxy)}

            # Faults, settings and what arrived: {Plain(emulator.ControlEndpoint)}
            # Buckets: {buckets}
            # {emulator.State.Buckets.Count} buckets in all. Ctrl+C ends it.
            """;
    }

    private static string Plain(Uri uri) => uri.GetLeftPart(UriPartial.Authority);
}
