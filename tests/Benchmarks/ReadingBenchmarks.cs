using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Xml;
using BenchmarkDotNet.Attributes;
using OssPayment.Client;
using OssPayment.Endpoints;
using OssPayment.Operations;
using OssPayment.Redaction;
using OssPayment.Transport;

namespace OssPayment.Benchmarks;

/// <summary>Reading each kind of response into objects, compared with .NET's XML reader on the same bytes.</summary>
[MemoryDiagnoser]
public class ReadingBenchmarks
{
    private const string Limits =
        "<QoSConfiguration><TotalUploadBandwidth>10</TotalUploadBandwidth><IntranetUploadBandwidth>-1</IntranetUploadBandwidth>"
        + "<ExtranetUploadBandwidth>-1</ExtranetUploadBandwidth><TotalDownloadBandwidth>10</TotalDownloadBandwidth>"
        + "<IntranetDownloadBandwidth>-1</IntranetDownloadBandwidth><ExtranetDownloadBandwidth>0</ExtranetDownloadBandwidth>"
        + "</QoSConfiguration>";

    private static readonly Dictionary<string, (string Body, Func<byte[], object> Read)> Responses = new()
    {
        ["payer"] = (
            "<RequestPaymentConfiguration><Payer>Requester</Payer></RequestPaymentConfiguration>",
            body => Success(RequestPaymentOperations.Get("examplebucket"), body)),
        ["limits"] = (
            $"<RequesterQoSInfo><Requester>300100</Requester>{Limits}</RequesterQoSInfo>",
            body => Success(RequesterQoSOperations.Get(LimitedResource.OfBucket("examplebucket"), "300100"), body)),
        ["1000 requesters"] = (
            "<ListBucketRequesterQoSInfosResult><Bucket>examplebucket</Bucket><IsTruncated>false</IsTruncated>"
            + string.Concat(Enumerable.Range(300_000, 1000).Select(uid =>
                $"<RequesterQoSInfo><Requester>{uid}</Requester>{Limits}</RequesterQoSInfo>"))
            + "</ListBucketRequesterQoSInfosResult>",
            body => Success(RequesterQoSOperations.List(LimitedResource.OfBucket("examplebucket"), PageToken.First()), body)),
        ["1000 buckets"] = (
            "<ListAllMyBucketsResult><Buckets>"
            + string.Concat(Fleet.Names(1000).Select(name =>
                $"<Bucket><CreationDate>2030-01-02T03:04:05.000Z</CreationDate><Location>oss-cn-hangzhou</Location>"
                + $"<Name>{name}</Name><Region>cn-hangzhou</Region><StorageClass>Standard</StorageClass></Bucket>"))
            + "</Buckets><IsTruncated>false</IsTruncated></ListAllMyBucketsResult>",
            body => Success(ListBucketsOperation.Create(prefix: "", PageToken.First()), body)),
        ["error"] = (
            "<Error><Code>NoSuchBucket</Code><Message>The specified bucket does not exist.</Message>"
            + "<RequestId>5C3D9175B6FC201293AD4890</RequestId><HostId>examplebucket.oss-cn-hangzhou.aliyuncs.com</HostId>"
            + "<BucketName>examplebucket</BucketName><EC>0015-00000101</EC></Error>",
            Failure),
    };

    // Made before, because they are not a part of reading.
    private static readonly OssLocation Location = Fleet.At("https://oss-cn-hangzhou.aliyuncs.com");
    private static readonly HttpRequestMessage Request = new(HttpMethod.Get, Location.Endpoint.Uri);
    private static readonly HttpResponseMessage NotFound = new(HttpStatusCode.NotFound);

    private byte[] _body = [];
    private Func<byte[], object> _read = body => body;

    public static IEnumerable<string> Kinds => Responses.Keys;

    [ParamsSource(nameof(Kinds))]
    public string Response { get; set; } = "";

    [GlobalSetup]
    public void Prepare()
    {
        (string text, _read) = Responses[Response];
        _body = Encoding.UTF8.GetBytes(text);
    }

    [Benchmark(Baseline = true)]
    public int OnlyXmlReader()
    {
        using var reader = XmlReader.Create(new MemoryStream(_body));
        int nodes = 0;
        while (reader.Read())
        {
            nodes += reader.Value.Length;
        }

        return nodes;
    }

    [Benchmark]
    public object Read() => _read(_body);

    private static object Success<TResult>(OssOperation<TResult> operation, byte[] body)
        where TResult : class =>
        operation.Read(new OssResponse(
            200,
            "5C3D9175B6FC201293AD4890",
            Fleet.Region,
            "https://oss.example",
            body,
            reason => new OssRequestException(OssRequestError.InvalidResponse, reason.Message)));

    private static OssException Failure(byte[] body)
    {
        var exchange = new HttpExchange(
            HttpClients.For(null),
            Request,
            Location.Endpoint.Uri,
            TimeSpan.FromSeconds(30),
            new Redactor("ABenchmarkSecretNotReal1234567"));
        return OssErrors.From(new HttpResponse(exchange, NotFound, body), Location);
    }
}
