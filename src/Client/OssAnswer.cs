using System.Xml;
using OssPayment.Transport;

namespace OssPayment.Client;

/// <summary>An answer of OSS's to an operation that succeeded, and where it came from.</summary>
internal sealed class OssAnswer
{
    private readonly HttpAnswer _answer;

    private readonly int _attempts;

    /// <param name="answer">What came.</param>
    /// <param name="location">Where it came from.</param>
    /// <param name="attempts">How many times the request was sent.</param>
    internal OssAnswer(HttpAnswer answer, OssLocation location, int attempts)
    {
        _answer = answer;
        _attempts = attempts;
        Location = location;
        RequestId = answer.Redaction.Clean(answer.RequestId ?? "", OssErrors.MaximumIdLength);
    }

    internal OssLocation Location { get; }

    internal string RequestId { get; }

    internal int StatusCode => _answer.StatusCode;

    internal string Endpoint => Location.Endpoint.ToString();

    /// <summary>The answer's document.</summary>
    /// <exception cref="XmlException">The body is not a document with that root.</exception>
    internal OssElement Document(string root)
    {
        OssElement document = XmlDocumentReader.Read(_answer.Body);
        return document.Name == root
            ? document
            : throw new XmlException($"The answer is a <{document.Name}> where a <{root}> was due.");
    }

    /// <exception cref="OssRequestException">There is a body: the answer is not OSS's.</exception>
    internal void RequireNoBody()
    {
        if (_answer.Body.Length > 0)
        {
            throw Invalid("there is a body where OSS sends none");
        }
    }

    internal OssRequestException Invalid(string reason)
    {
        OssRequestException invalid = OssErrors.InvalidResponse(_answer, Location, reason);
        invalid.Attempts = _attempts;
        return invalid;
    }
}
