using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using OssPayment.Emulator.Hosting;
using OssPayment.Emulator.State;

namespace OssPayment.Emulator.Operations;

/// <summary>
/// The three sources of temporary credentials: STS at its host names, through the proxy; the metadata service of
/// an ECS instance below <c>/latest/</c> and a credentials URI at <c>/credentials</c>, both at the http endpoint.
/// </summary>
internal sealed partial class CredentialServices(EmulatorState state)
{
    private const string RolePath = "/latest/meta-data/ram/security-credentials/";

    /// <summary>Whether a host belongs to STS.</summary>
    public static bool IsStsHost(string host) => StsHost().IsMatch(host);

    /// <summary>The response to a request for credentials; null for any other request.</summary>
    public PreparedRequest? Prepare(RecordedRequest request)
    {
        var target = RequestTarget.Parse(request.RawTarget);
        string host = RequestHost.WithoutPort(request.Host);
        (string Operation, Func<Response> Run)? service = (request.Method, target.Path) switch
        {
            ("POST", "/") when IsStsHost(host) => ("AssumeRoleWithOIDC", () => AssumeRole(request, target.Query)),
            _ when IsStsHost(host) =>
                ("UnknownSts", () => Error(404, "InvalidAction.NotFound", "There is no such action.")),
            _ when host is not ("127.0.0.1" or "localhost") => null,
            ("PUT", "/latest/api/token") => ("GetMetadataToken", () => MetadataToken(request)),
            ("GET", var path) when path.StartsWith(RolePath, StringComparison.Ordinal) =>
                ("GetRoleCredentials", () => RoleCredentials(request, path[RolePath.Length..])),
            ("GET", "/credentials") =>
                ("GetUriCredentials", () => Json(200, Fields(state.Temporary.Issue(), withCode: true))),
            _ => null,
        };
        if (service is not { } found)
        {
            return null;
        }

        request.Operation = found.Operation;
        return new PreparedRequest(new ResponseFactory(state, request), null, found.Run);
    }

    private Response AssumeRole(RecordedRequest request, string rawQuery)
    {
        var query = QueryHelpers.ParseQuery(rawQuery);
        var form = QueryHelpers.ParseQuery(request.BodyText);
        string? invalid =
            query["Action"] != "AssumeRoleWithOIDC" ? "Action"
            : query["Version"] != "2015-04-01" ? "Version"
            : query["Format"] != "JSON" ? "Format"
            : !IsNow(query["Timestamp"]) ? "Timestamp"
            : form["RoleArn"] != Seed.RoleArn ? "RoleArn"
            : form["OIDCProviderArn"] != Seed.OidcProviderArn ? "OIDCProviderArn"
            : !SessionName().IsMatch($"{form["RoleSessionName"]}") ? "RoleSessionName"
            : !int.TryParse(form["DurationSeconds"], CultureInfo.InvariantCulture, out int seconds)
                || seconds is < 900 or > 43200 ? "DurationSeconds"
            : null;
        if (invalid is not null)
        {
            return Error(400, $"InvalidParameter.{invalid}", $"The parameter {invalid} is not valid.");
        }

        return form["OIDCToken"] == Seed.OidcToken
            ? Json(200, new Dictionary<string, object>
            {
                ["RequestId"] = RequestId(),
                ["AssumedRoleUser"] = new
                {
                    Arn = $"{Seed.RoleArn}/{form["RoleSessionName"]}",
                    AssumedRoleId = "300000000000000001",
                },
                ["Credentials"] = Fields(state.Temporary.Issue(), withCode: false),
            })
            : Error(400, "AuthenticationFail.OIDCToken.Invalid", "This JWT token is invalid.");
    }

    private bool IsNow(string? timestamp) =>
        DateTimeOffset.TryParseExact(
            timestamp,
            "yyyy-MM-dd'T'HH:mm:ss'Z'",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out DateTimeOffset time)
        && (time - state.Now).Duration() < TimeSpan.FromMinutes(15);

    private Response MetadataToken(RecordedRequest request)
    {
        bool isValid = int.TryParse(
            request.Header("x-aliyun-ecs-metadata-token-ttl-seconds"), CultureInfo.InvariantCulture, out int seconds)
            && seconds is >= 1 and <= 21600;
        return state.Temporary.MetadataMode == MetadataMode.Plain ? Page(404)
            : !isValid ? Page(400)
            : new Response(
                200,
                [new("Content-Type", "text/plain")],
                Encoding.ASCII.GetBytes(state.Temporary.IssueMetadataToken(TimeSpan.FromSeconds(seconds))));
    }

    private Response RoleCredentials(RecordedRequest request, string role) =>
        state.Temporary.MetadataMode == MetadataMode.Hardened
        && !state.Temporary.IsMetadataToken(request.Header("x-aliyun-ecs-metadata-token"))
            ? Page(403)
            : role != Seed.EcsRole
            ? Page(404)
            : Json(200, Fields(state.Temporary.Issue(), withCode: true));

    private Dictionary<string, object> Fields(KeyPair pair, bool withCode)
    {
        var fields = new Dictionary<string, object>
        {
            ["AccessKeyId"] = pair.Id,
            ["AccessKeySecret"] = pair.Secret,
            ["SecurityToken"] = pair.Token!,
            ["Expiration"] = Time(pair.Expires!.Value),
        };
        if (withCode)
        {
            fields["LastUpdated"] = Time(state.Now);
            fields["Code"] = "Success";
        }

        return fields;
    }

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static Response Error(int status, string code, string message) =>
        Json(status, new Dictionary<string, object>
        {
            ["RequestId"] = RequestId(),
            ["HostId"] = "sts.aliyuncs.com",
            ["Code"] = code,
            ["Message"] = message,
        });

    private static string RequestId() => Guid.NewGuid().ToString().ToUpperInvariant();

    private static Response Json(int status, Dictionary<string, object> fields) => new(
        status, [new("Content-Type", "application/json;charset=utf-8")], JsonSerializer.SerializeToUtf8Bytes(fields));

    private static Response Page(int status) => new(
        status,
        [new("Content-Type", "text/html")],
        Encoding.ASCII.GetBytes($"<html><head><title>{status}</title></head><body><h1>{status}</h1></body></html>"));

    [GeneratedRegex("^(sts|sts(-vpc)?\\.[a-z0-9-]+)\\.aliyuncs\\.com$")]
    private static partial Regex StsHost();

    [GeneratedRegex("^[A-Za-z0-9.@_-]{2,64}$")]
    private static partial Regex SessionName();
}
