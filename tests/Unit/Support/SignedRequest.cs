using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using OssPayment.Emulator;
using OssPayment.Emulator.Signing;
using OssPayment.Emulator.State;
using Xunit;

namespace OssPayment.Tests;

/// <summary>A request to the emulator that no code of the module takes part in.</summary>
internal sealed class SignedRequest(OssEmulator emulator, HttpMethod method, string? bucket, string query)
{
    private static readonly HttpClient Client = new();

    /// <summary>The headers that are sent and signed.</summary>
    internal Dictionary<string, string> Headers { get; } = new()
    {
        ["x-oss-content-sha256"] = "UNSIGNED-PAYLOAD",
        ["x-oss-date"] = DateTime.UtcNow.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture),
    };

    internal string? Body { get; init; }

    internal string KeyPair { get; init; } = "owner";

    /// <summary>
    /// Writes the Authorization header from the credential and the signature; null for the usual form.
    /// </summary>
    internal Func<string, string, string?>? Authorization { get; init; }

    internal async Task<(int Status, string Body, string EC)> SendAsync()
    {
        KeyPair pair = emulator.State.KeyPairs[KeyPair];
        if (pair.Token is not null)
        {
            Headers["x-oss-security-token"] = pair.Token;
        }

        string path = bucket is null ? "/" : $"/{bucket}/";
        using var request = new HttpRequestMessage(method, new Uri(emulator.HttpEndpoint, $"{path}?{query}"));
        if (Body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Body));
        }

        foreach ((string name, string value) in Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (AuthorizationFor(pair) is { } authorization)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        using HttpResponseMessage response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        string body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        bool hasEC = response.Headers.TryGetValues("x-oss-ec", out IEnumerable<string>? values);
        return ((int)response.StatusCode, body, hasEC ? string.Concat(values!) : "");
    }

    private string? AuthorizationFor(KeyPair pair)
    {
        string time = Headers.GetValueOrDefault("x-oss-date") is { Length: 16 } date ? date : "20241227T032112Z";
        var signed = new Dictionary<string, string>(Headers) { ["x-oss-date"] = time };
        ExpectedSignature expected =
            SignatureVerifier.Expect(method.Method, bucket, "", query, signed, Clients.Region, pair.Secret);
        string credential = $"{pair.Id}/{time[..8]}/{Clients.Region}/oss/aliyun_v4_request";
        return Authorization is null
            ? $"OSS4-HMAC-SHA256 Credential={credential},Signature={expected.Signature}"
            : Authorization(credential, expected.Signature);
    }
}
