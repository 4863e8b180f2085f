using System;
using System.Globalization;
using System.Net;
using System.Text;
using System.Xml.Linq;
using OssPayment.Emulator.Signing;
using OssPayment.Emulator.State;

namespace OssPayment.Emulator.Operations;

/// <summary>
/// The errors of the service. The README of the emulator says where each code and EC number comes from, and which are
/// assumed.
/// </summary>
internal static class ServiceErrors
{
    public static ServiceException Anonymous() =>
        Forbidden("AccessDenied", "Anonymous access is forbidden for this operation.", "0003-00000002");

    // The vendor documents status and number. Code and message are assumed.
    public static ServiceException SignatureV1() =>
        Forbidden("AccessDenied", "OSS no longer supports signature V1.", "0002-00000080");

    public static ServiceException InvalidAuthorization(string message, string ec) =>
        new(HttpStatusCode.BadRequest, "InvalidArgument", message, ec);

    public static ServiceException InvalidArgument(string message, string argument, string ec = "0017-00000901") =>
        new(HttpStatusCode.BadRequest, "InvalidArgument", message, ec, new XElement("ArgumentName", argument));

    public static ServiceException InvalidAccessKeyId(string id) => Forbidden(
        "InvalidAccessKeyId",
        "The OSS Access Key Id you provided does not exist in our records.",
        "0002-00000902",
        new XElement("OSSAccessKeyId", id));

    public static ServiceException DisabledAccessKeyId(string id) => Forbidden(
        "InvalidAccessKeyId",
        "The OSS Access Key Id you provided is disabled.",
        "0002-00000903",
        new XElement("OSSAccessKeyId", id));

    public static ServiceException MissingSecurityToken(string id) => Forbidden(
        "InvalidAccessKeyId",
        "The OSS Access Key Id you provided does not exist in our records. "
        + "The Security Token may be lost to specify that it is a STS Access Id.",
        "0002-00000003",
        new XElement("OSSAccessKeyId", id));

    public static ServiceException SecurityTokenMismatch() => Forbidden(
        "AccessKeyIdAndSecurityTokenNotMatch",
        "The OSS access key id and security token you provided does not match.",
        "0002-00000008");

    // The service returns the token, so a client that prints error bodies would print the token.
    public static ServiceException InvalidSecurityToken(string token) => Forbidden(
        "InvalidSecurityToken",
        "The security token you provided is invalid.",
        "0002-00000006",
        new XElement("SecurityToken", token));

    public static ServiceException SecurityTokenExpired(string token) => Forbidden(
        "SecurityTokenExpired",
        "The security token you provided has expired.",
        "0002-00000007",
        new XElement("SecurityToken", token));

    public static ServiceException MissingDate() => Forbidden(
        "AccessDenied", "OSS authentication requires a valid Date.", "0002-00000503");

    public static ServiceException InvalidDate() => Forbidden(
        "AccessDenied", "OSS authentication requires a valid Date.", "0002-00000502");

    public static ServiceException RequestTimeTooSkewed(DateTimeOffset requested, DateTimeOffset now, TimeSpan max) =>
        Forbidden(
            "RequestTimeTooSkewed",
            "The difference between the request time and the current time is too large.",
            "0002-00000504",
            new XElement("MaxAllowedSkewMilliseconds", (long)max.TotalMilliseconds),
            new XElement("RequestTime", XmlTime(requested)),
            new XElement("ServerTime", XmlTime(now)));

    public static ServiceException SignatureDoesNotMatch(string id, string provided, ExpectedSignature expected) =>
        Forbidden(
            "SignatureDoesNotMatch",
            "The request signature we calculated does not match the signature you provided. "
            + "Check your key and signing method.",
            "0002-00000201",
            new XElement("OSSAccessKeyId", id),
            new XElement("SignatureProvided", provided),
            new XElement("StringToSign", expected.StringToSign),
            new XElement("StringToSignBytes", HexDump(expected.StringToSign)),
            new XElement("CanonicalRequest", expected.CanonicalRequest));

    public static ServiceException WrongEndpoint(string bucket, string region) => Forbidden(
        "AccessDenied",
        "The bucket you are attempting to access must be addressed using the specified endpoint. "
        + "Please send all future requests to this endpoint.",
        "0003-00001403",
        new XElement("Bucket", bucket),
        new XElement("Endpoint", Regions.Public(region)));

    public static ServiceException NotBucketOwner() => Forbidden(
        "AccessDenied", "The bucket you access does not belong to you.", "0003-00000001");

    public static ServiceException NotPermitted(string action) => Forbidden(
        "AccessDenied",
        "You have no right to access this object because of bucket acl.",
        "0003-00000202",
        new XElement(
            "AccessDeniedDetail",
            new XElement("PolicyType", "AccountLevelIdentityBasedPolicy"),
            new XElement("AuthPrincipalOwnerId", Seed.OwnerAccount),
            new XElement("AuthPrincipalType", "SubUser"),
            new XElement("AuthPrincipalDisplayName", "200000000000000001"),
            new XElement("NoPermissionType", "ImplicitDeny"),
            new XElement("AuthAction", "oss:" + action)));

    public static ServiceException PathStyleForbidden() => Forbidden(
        "SecondLevelDomainForbidden", "Please use virtual hosted style to access.", "0001-00000218");

    public static ServiceException UnknownHost(string host) => new(
        HttpStatusCode.BadRequest,
        "InvalidRequest",
        "The service does not have the host of the request.",
        "0001-00000101",
        new XElement("Host", host));

    public static ServiceException InvalidBucketName(string name) => new(
        HttpStatusCode.BadRequest,
        "InvalidBucketName",
        "The specified bucket is not valid.",
        "0015-00000001",
        new XElement("BucketName", name));

    public static ServiceException NoSuchBucket(string name) => new(
        HttpStatusCode.NotFound,
        "NoSuchBucket",
        "The specified bucket does not exist.",
        "0015-00000101",
        new XElement("BucketName", name));

    // Assumed: the vendor documents neither the code nor the status for this case. It documents the EC numbers.
    public static ServiceException NoSuchRequesterQoS(string requester, bool hasOthers) => new(
        HttpStatusCode.NotFound,
        "NoSuchRequesterQoSInfo",
        "The specified requester has no QoS configuration.",
        hasOthers ? "0004-00000003" : "0004-00000002",
        new XElement("Requester", requester));

    // Assumed, as for NoSuchRequesterQoS.
    public static ServiceException NoSuchBucketQoS(string bucket) => new(
        HttpStatusCode.NotFound,
        "NoSuchBucketQoSInfo",
        "The specified bucket has no QoS configuration.",
        "0004-00000002",
        new XElement("BucketName", bucket));

    // The vendor documents that it is refused. Status, code and number are assumed.
    public static ServiceException BucketWithoutResourcePool(string bucket) =>
        InvalidLimits($"The bucket {bucket} is not in a resource pool.", "BucketName");

    public static ServiceException InvalidLimits(string message, string argument) =>
        InvalidArgument(message, argument, "0004-00000114");

    // The page of 0004-00000109 (Mar 20, 2026) is about ExtranetDownloadBandwidth, the sixth limit. Assumed: the others
    // are counted in the same order.
    public static ServiceException LimitNotInteger(string name, int index) =>
        InvalidArgument($"{name} must be an integer.", name, $"0004-{104 + index:00000000}");

    // Assumed, as for NoSuchRequesterQoS.
    public static ServiceException NoSuchResourcePool(string name) => new(
        HttpStatusCode.NotFound,
        "NoSuchResourcePool",
        "The specified resource pool does not exist.",
        "0004-00000202",
        new XElement("ResourcePool", name));

    public static ServiceException MethodNotAllowed(string method) => new(
        HttpStatusCode.MethodNotAllowed,
        "MethodNotAllowed",
        "The specified method is not allowed against this resource.",
        "0017-00000101",
        new XElement("Method", method));

    public static ServiceException NotImplemented() => new(
        HttpStatusCode.NotImplemented,
        "NotImplemented",
        "A header or query you provided implies functionality that is not implemented.",
        "0017-00000001");

    public static ServiceException MissingContentLength() => new(
        HttpStatusCode.LengthRequired,
        "MissingContentLength",
        "You must provide the Content-Length HTTP header.",
        "0017-00000201");

    public static ServiceException EntityTooLarge() => new(
        HttpStatusCode.BadRequest,
        "EntityTooLarge",
        "Your proposed upload exceeds the maximum allowed size.",
        "0017-00000202");

    public static ServiceException InvalidDigest() => new(
        HttpStatusCode.BadRequest,
        "InvalidDigest",
        "The Content-MD5 you specified was invalid.",
        "0017-00000203");

    public static ServiceException MalformedXml(string ec = "0017-00000204") => new(
        HttpStatusCode.BadRequest,
        "MalformedXML",
        "The XML you provided was not well-formed or did not validate against our published schema.",
        ec);

    private static ServiceException Forbidden(string code, string message, string ec, params XElement[] details) =>
        new(HttpStatusCode.Forbidden, code, message, ec, details);

    private static string XmlTime(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'.000Z'", CultureInfo.InvariantCulture);

    private static string HexDump(string text) =>
        BitConverter.ToString(Encoding.UTF8.GetBytes(text)).Replace('-', ' ');
}
