using System;
using System.Xml;
using OssPayment.Xml;

namespace OssPayment.Operations;

/// <summary>OSS's response to an operation that succeeded, and where it came from.</summary>
internal sealed class OssResponse
{
    private readonly byte[] _body;
    private readonly Func<XmlException, OssRequestException> _unreadable;

    /// <param name="statusCode">The HTTP status.</param>
    /// <param name="requestId">OSS's id of the request, harmless to show.</param>
    /// <param name="region">The region that the request was signed for.</param>
    /// <param name="endpoint">The endpoint that was asked, as a URL without the bucket.</param>
    /// <param name="body">What came, as it came.</param>
    /// <param name="unreadable">Describes why something in the body cannot be read.</param>
    internal OssResponse(
        int statusCode,
        string requestId,
        string region,
        string endpoint,
        byte[] body,
        Func<XmlException, OssRequestException> unreadable)
    {
        StatusCode = statusCode;
        RequestId = requestId;
        Region = region;
        Endpoint = endpoint;
        _body = body;
        _unreadable = unreadable;
    }

    internal int StatusCode { get; }

    internal string RequestId { get; }

    internal string Region { get; }

    internal string Endpoint { get; }

    /// <summary>The body's document.</summary>
    /// <exception cref="XmlException">The body is not a document with that root.</exception>
    internal OssElement Document(string root)
    {
        OssElement document = XmlDocumentReader.Read(_body);
        return document.Name == root
            ? document
            : throw new XmlException($"it is a <{document.Name}>, not a <{root}>");
    }

    /// <summary>The failure of a part of the response, where the other parts are read.</summary>
    internal OssRequestException Failure(XmlException reason) => _unreadable(reason);

    /// <exception cref="XmlException">There is a body: the response is not OSS's.</exception>
    internal void ThrowIfBody()
    {
        if (_body.Length > 0)
        {
            throw new XmlException("OSS sends no body here");
        }
    }
}
