using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Text;
using System.Xml.Linq;
using OssPayment.Emulator.State;

namespace OssPayment.Emulator.Operations;

/// <summary>What buckets and resource pools do alike with their requesters' limits.</summary>
internal static class RequesterQoSOperations
{
    public static Answer Get(OperationCall call, RequesterQoSTable requesters)
    {
        string requester = Requester(call);
        QoSConfiguration configuration =
            requesters.Find(requester) ?? throw ServiceErrors.NoSuchRequesterQoS(requester);
        return call.Answers.Xml(QoSXml.Write(new RequesterQoS(requester, configuration)));
    }

    public static Answer Put(OperationCall call, RequesterQoSTable requesters, bool ofPool)
    {
        string requester = Requester(call);
        requesters.Set(requester, QoSXml.Read(RequestBody.Read(call.Request, QoSXml.Root), ofPool));
        return call.Answers.Empty();
    }

    public static Answer Delete(OperationCall call, RequesterQoSTable requesters)
    {
        requesters.Remove(Requester(call));
        return call.Answers.Empty(HttpStatusCode.NoContent);
    }

    /// <summary>One page of limits, below the given element that says whose requesters they are.</summary>
    public static Answer List(OperationCall call, RequesterQoSTable requesters, string rootName, XElement whose)
    {
        int limit = Math.Min(call.Query.PageSize(), call.State.MaxListPageSize);
        string? token = call.Query.Value("continuation-token");
        IReadOnlyList<RequesterQoS> rest = requesters.After(token is null ? null : FromToken(token));
        RequesterQoS[] page = [.. rest.Take(limit)];
        bool isTruncated = page.Length < rest.Count;

        return call.Answers.Xml(new XElement(
            rootName,
            whose,
            token is null ? null : new XElement("ContinuationToken", token),
            isTruncated ? new XElement("NextContinuationToken", ToToken(page[^1].Requester)) : null,
            new XElement("IsTruncated", isTruncated),
            page.Select(QoSXml.Write)));
    }

    private static string Requester(OperationCall call)
    {
        string? requester = call.Query.Value("qosRequester");
        return string.IsNullOrEmpty(requester) || requester.Length > 1024
            ? throw ServiceErrors.InvalidArgument("The requester is not valid.", "qosRequester", "0004-00000101")
            : requester;
    }

    private static string ToToken(string requester) => Convert.ToBase64String(Encoding.UTF8.GetBytes(requester));

    private static string FromToken(string token)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(token));
        }
        catch (FormatException)
        {
            throw ServiceErrors.InvalidArgument("The continuation token is not valid.", "continuation-token");
        }
    }
}
