using System;
using System.Xml;
using OssPayment.Xml;

namespace OssPayment.Operations;

/// <summary>The response of OSS to an operation that succeeded, and where it came from.</summary>
/// <param name="statusCode">The HTTP status.</param>
/// <param name="requestId">The request ID from OSS, safe to show.</param>
/// <param name="region">The region that the request was signed for.</param>
/// <param name="endpoint">The endpoint of the request, as a URL without the bucket.</param>
/// <param name="body">The body, unchanged.</param>
/// <param name="unreadable">Creates the failure for a part of the body that cannot be read.</param>
internal sealed class OssResponse(
    int statusCode,
    string requestId,
    string region,
    string endpoint,
    byte[] body,
    Func<XmlException, OssRequestException> unreadable)
{
    internal Origin Origin { get; } = new(region, endpoint, requestId, statusCode);

    /// <summary>The body's document.</summary>
    /// <exception cref="XmlException">The body is not a document with that root.</exception>
    internal OssElement Document(string root)
    {
        OssElement document = XmlDocumentReader.Read(body);
        return document.Name == root
            ? document
            : throw new XmlException($"its root element is <{document.Name}>, not <{root}>");
    }

    /// <summary>The failure of a part of the response, if the other parts can be read.</summary>
    internal OssRequestException Failure(XmlException reason) => unreadable(reason);

    /// <exception cref="XmlException">There is a body, which OSS does not send.</exception>
    internal void ThrowIfBody()
    {
        if (body.Length > 0)
        {
            throw new XmlException("OSS sends no body for this operation");
        }
    }
}
