using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using OssPayment.Signing;

namespace OssPayment.Client;

/// <summary>An operation of OSS's as a request: what is the same whenever and wherever it is sent.</summary>
internal sealed class OssOperation
{
    private const string ContentType = "application/xml";
    private const string DeleteMethod = "DELETE";

    private OssOperation(string method, string? bucket, byte[]? body, KeyValuePair<string, string>[] query)
    {
        if (bucket is not null)
        {
            BucketName.Require(bucket);
        }

        Bucket = bucket;
        Body = body;
        ContentMD5 = body is null ? null : HashOf(body);
        string resource = bucket is null ? "/" : $"/{bucket}/";
        Signable = ContentMD5 is null
            ? new SignableRequest(method, resource, query)
            : new SignableRequest(method, resource, query, new("content-type", ContentType), new("content-md5", ContentMD5));
    }

    /// <summary>The bucket that it is about; null for the service.</summary>
    internal string? Bucket { get; }

    internal byte[]? Body { get; }

    internal string? ContentMD5 { get; }

    internal SignableRequest Signable { get; }

    internal static OssOperation Get(string? bucket, params KeyValuePair<string, string>[] query) =>
        new("GET", bucket, body: null, query);

    internal static OssOperation Put(string? bucket, byte[] body, params KeyValuePair<string, string>[] query) =>
        new("PUT", bucket, body, query);

    internal static OssOperation Delete(string? bucket, params KeyValuePair<string, string>[] query) =>
        new(DeleteMethod, bucket, body: null, query);

    /// <summary>Whether OSS says with this status that the operation was done.</summary>
    internal bool IsSuccess(int statusCode) => statusCode == 200 || (statusCode == 204 && Signable.Method == DeleteMethod);

    // OSS asks for MD5 as a checksum of the body; nothing secret depends on it.
#pragma warning disable CA5351
    private static string HashOf(byte[] body)
    {
        using var md5 = MD5.Create();
        return Convert.ToBase64String(md5.ComputeHash(body));
    }
#pragma warning restore CA5351
}
