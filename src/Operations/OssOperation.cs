using System;
using System.Collections.Generic;
using OssPayment.Signing;

namespace OssPayment.Operations;

/// <summary>
/// An OSS operation as a value: what is sent, independent of place and time, and how the response is read.
/// </summary>
/// <remarks>Invalid names are found when it is created.</remarks>
/// <typeparam name="TResult">The type that the response is read into.</typeparam>
internal sealed class OssOperation<TResult>
{
    private const string GetMethod = "GET";
    private const string DeleteMethod = "DELETE";

    private readonly string _name;
    private readonly string? _permission;
    private readonly Func<OssResponse, TResult> _read;

    private OssOperation(
        string name,
        string method,
        string? bucket,
        IReadOnlyList<KeyValuePair<string, string>> query,
        byte[]? body,
        Func<OssResponse, TResult> read,
        string? permission = null)
    {
        if (bucket is not null)
        {
            BucketName.ThrowIfInvalid(bucket);
        }

        _read = read;
        _name = name;
        _permission = permission;
        Bucket = bucket;
        Body = body;
        string resource = bucket is null ? "/" : $"/{bucket}/";
        Signable = new SignableRequest(method, resource, query, body is null ? [] : BodyHeaders.Of(body));
    }

    /// <summary>The RAM action that the RAM user or role needs: OSS names it after the operation.</summary>
    internal string Permission => _permission ?? $"oss:{_name}";

    /// <summary>The bucket in the URL; null for an operation on the service.</summary>
    internal string? Bucket { get; }

    internal byte[]? Body { get; }

    /// <summary>What the signature covers: the verb, the resource, the query and the body's headers.</summary>
    internal SignableRequest Signable { get; }

    /// <summary>Whether it changes something.</summary>
    internal bool IsChange => Signable.Method != GetMethod;

    /// <param name="name">The operation's name, such as <c>GetBucketRequestPayment</c>.</param>
    /// <param name="bucket">The bucket; null for an operation on the service.</param>
    /// <param name="query">The query, not encoded.</param>
    /// <param name="read">Reads the response.</param>
    /// <param name="permission">The RAM action, if OSS does not name it after the operation.</param>
    internal static OssOperation<TResult> Get(
        string name,
        string? bucket,
        IReadOnlyList<KeyValuePair<string, string>> query,
        Func<OssResponse, TResult> read,
        string? permission = null) =>
        new(name, GetMethod, bucket, query, body: null, read, permission);

    /// <inheritdoc cref="Get"/>
    internal static OssOperation<TResult> Put(
        string name,
        string? bucket,
        IReadOnlyList<KeyValuePair<string, string>> query,
        byte[] body,
        Func<OssResponse, TResult> read) =>
        new(name, "PUT", bucket, query, body, response =>
        {
            response.ThrowIfBody();
            return read(response);
        });

    /// <inheritdoc cref="Get"/>
    internal static OssOperation<TResult> Delete(
        string name,
        string? bucket,
        IReadOnlyList<KeyValuePair<string, string>> query,
        Func<OssResponse, TResult> read) =>
        new(name, DeleteMethod, bucket, query, body: null, read);

    /// <summary>Whether the status means that the operation was done.</summary>
    internal bool IsSuccess(int statusCode) =>
        statusCode == 200 || (statusCode == 204 && Signable.Method == DeleteMethod);

    /// <exception cref="System.Xml.XmlException">The response is not valid for this operation.</exception>
    internal TResult Read(OssResponse response) => _read(response);
}
