using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using System.Xml;
using FsCheck;
using FsCheck.Fluent;
using OssPayment.Client;
using OssPayment.Endpoints;
using OssPayment.Operations;
using OssPayment.Text;
using OssPayment.Xml;
using Xunit;

namespace OssPayment.Tests.Fuzz;

/// <summary>Any response results in an object or one of the documented exceptions.</summary>
public sealed class ResponseFuzz(ITestOutputHelper output) : IAsyncLifetime
{
    /// <summary>Valid responses for the operations, in the order of <see cref="SucceedsAsync"/>.</summary>
    private static readonly string[] Documents =
    [
        "<RequestPaymentConfiguration><Payer>Requester</Payer></RequestPaymentConfiguration>",
        "",
        "<RequesterQoSInfo><Requester>300100</Requester><QoSConfiguration><TotalUploadBandwidth>10</TotalUploadBandwidth>"
            + "<ExtranetDownloadBandwidth>-1</ExtranetDownloadBandwidth></QoSConfiguration></RequesterQoSInfo>",
        "<ListBucketRequesterQoSInfosResult><Bucket>examplebucket</Bucket><IsTruncated>true</IsTruncated><NextContinuationToken>x</NextContinuationToken>"
            + "<RequesterQoSInfo><Requester>300100</Requester><QoSConfiguration/></RequesterQoSInfo></ListBucketRequesterQoSInfosResult>",
        "<ListAllMyBucketsResult><Buckets><Bucket><Name>a-bucket</Name><Region>cn-hangzhou</Region>"
            + "<ExtranetEndpoint>oss-cn-hangzhou.aliyuncs.com</ExtranetEndpoint></Bucket></Buckets>"
            + "<IsTruncated>true</IsTruncated><NextMarker>a-bucket</NextMarker></ListAllMyBucketsResult>",
        "<GetResourcePoolInfoResponse><Region>oss-cn-hangzhou</Region><Name>a-pool</Name><Owner>1</Owner><CreateTime>2024-07-24T08:42:32.000Z</CreateTime>"
            + "<QoSConfiguration><TotalQps>1</TotalQps></QoSConfiguration></GetResourcePoolInfoResponse>",
        "<ListResourcePoolBucketsResult><IsTruncated>false</IsTruncated><ResourcePoolBucket><Name>a-bucket</Name><Group>g</Group>"
            + "<JoinTime>2024-07-24T08:42:32.000Z</JoinTime></ResourcePoolBucket></ListResourcePoolBucketsResult>",
    ];

    private static readonly string[] OtherDocuments =
    [
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<RequestPaymentConfiguration>\n  <Payer>BucketOwner</Payer>\n</RequestPaymentConfiguration>",
        "<Error><Code>AccessDenied</Code><Message>No.</Message><RequestId>1</RequestId><Endpoint>oss-cn-beijing.aliyuncs.com</Endpoint></Error>",
        "<Error><Code>RequestTimeTooSkewed</Code><ServerTime>2024-12-27T03:21:12.000Z</ServerTime></Error>",
        "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><Error><Code>&e;</Code></Error>",
        "<?xml version=\"1.0\" encoding=\"utf-16\"?><Error><Code><![CDATA[x]]></Code><!-- c --><?p i?></Error>",
    ];

    private static readonly string[] Heads =
    [
        "x-oss-request-id: 5C3D9175B6FC201293AD4890", "x-oss-request-id: ", "x-oss-ec: 0015-00000101", "x-oss-err: PEVycm9yLz4=",
        "x-oss-err: !", "Date: Fri, 27 Dec 2024 03:21:12 GMT", "Date: never", "Retry-After: 99999999999", "Retry-After: Fri, 31 Dec 9999 23:59:59 GMT",
        "Content-Encoding: gzip", "Content-Type: text/html; charset=klingon", "Transfer-Encoding: chunked", "Content-Length: 7", "Content-Length: -1",
        "Location: http://evil.example/", "Connection: close", "Upgrade: h2c", "WWW-Authenticate: Negotiate", "Set-Cookie: a=b", "Trailer: x", ": ", "x",
    ];

    private static readonly Gen<Input> Inputs =
        from operation in Gen.Choose(0, Documents.Length - 1)
        from wire in Gen.Frequency((6, Response(operation)), (5, Any.Mutated(Response(operation))), (1, Any.Bytes()))
        select new Input(operation, wire);

    private static readonly Gen<byte[]> AnyBody = Gen.Choose(0, Documents.Length - 1).SelectMany(Body);

    private RawServer? _server;
    private byte[] _next = [];

    public ValueTask InitializeAsync()
    {
        _server = RawServer.Serving(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync(_next);
        });
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _server!.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void Any_response_results_in_an_object_or_a_documented_exception()
    {
        int objects = 0;
        int exceptions = 0;
        Fuzzer.CheckAsync(output, Inputs, 250, async input =>
        {
            _next = input.Wire;
            _ = await SucceedsAsync(input.Operation) ? objects++ : exceptions++;
        });
        output.WriteLine($"Fuzz: {objects} objects, {exceptions} exceptions");
        Assert.True(objects > 0 && exceptions > 0, "Both must happen.");
    }

    [Fact]
    public void Any_bytes_are_a_document_or_an_XmlException() => Fuzzer.Check(output, AnyBody, 250, body =>
    {
        try
        {
            Assert.NotEmpty(XmlDocumentReader.Read(body).Name);
        }
        catch (XmlException e)
        {
            Assert.NotEmpty(e.Message);
        }
    });

    [Fact]
    public void Any_text_is_sanitized() => Fuzzer.Check(output, Any.Text, 250, text =>
    {
        string shown = Sanitizer.Sanitize(text, 20);
        Assert.InRange(shown.Length, 0, 22);
        Assert.DoesNotMatch(@"[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]", shown);
        Assert.Equal(shown, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(shown)));
    });

    private static Gen<byte[]> Body(int operation)
    {
        Gen<string> text = Gen.Frequency((2, Gen.Constant(Documents[operation])), (1, Gen.Elements([.. Documents, .. OtherDocuments])));
        Gen<byte[]> utf8 = text.Select(Encoding.UTF8.GetBytes);
        Gen<byte[]> utf16 = text.Select(Encoding.Unicode.GetBytes).Select(bytes => (byte[])[0xFF, 0xFE, .. bytes]);
        return Gen.Frequency((5, utf8), (3, Any.Mutated(utf8)), (1, utf16), (1, Any.Mutated(utf16)), (1, Any.Bytes()));
    }

    private static Gen<byte[]> Response(int operation) =>
        from status in Gen.Frequency((5, Gen.Constant(200)), (3, Gen.Elements(403, 404, 503)), (1, Gen.Choose(0, 1000)))
        from some in Gen.SubListOf(Heads)
        from headers in Gen.Elements<IEnumerable<string>>([Heads[0]], [Heads[0]], [Heads[0]], [], some.Take(3), some)
        from body in Body(operation)
        let length = $"Content-Length: {body.Length}"
        select (byte[])[.. Encoding.Latin1.GetBytes(Http.Head(status, [.. headers, length])), .. body];

    private async Task<bool> SucceedsAsync(int operation)
    {
        OssClient client = Clients.Create();
        // Its own name, because the server time of a response is kept for the endpoint.
        OssLocation location = Clients.At(new Uri($"http://localhost:{_server!.Uri.Port}"), style: AddressingStyle.Path);
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        try
        {
            switch (operation)
            {
                case 0:
                    AssertPayment(await client.SendAsync(RequestPaymentOperations.Get(Clients.Bucket), location, trace: null, cancellation));
                    break;
                case 1:
                    AssertPayment(await client.SendAsync(RequestPaymentOperations.Put(Clients.Bucket, Payer.Requester), location, trace: null, cancellation));
                    break;
                case 2:
                    await client.SendAsync(RequesterQoSOperations.Get(LimitedResource.OfBucket(Clients.Bucket), "300100"), location, trace: null, cancellation);
                    break;
                case 3:
                    await client.SendAsync(RequesterQoSOperations.List(LimitedResource.OfBucket(Clients.Bucket), PageToken.First()), location, trace: null, cancellation);
                    break;
                case 5:
                    var pool = (ResourcePoolInfo)await client.SendAsync(ResourcePoolOperations.Get("a-pool"), location, trace: null, cancellation);
                    AssertShown(pool.Owner);
                    break;
                case 6:
                    Page<Listed<ResourcePoolBucket>> buckets = await client.SendAsync(ResourcePoolOperations.ListBuckets("a-pool", PageToken.First()), location, trace: null, cancellation);
                    Assert.All(buckets.Items, listed => AssertShown(listed.Value?.Bucket ?? "", listed.Value?.Group ?? "", listed.Error?.Message ?? ""));
                    break;
                default:
                    Page<ListedBucket> page = await client.SendAsync(ListBucketsOperation.Create("", PageToken.First()), location, trace: null, cancellation);
                    Assert.All(page.Items, bucket => AssertValidOrRefused(bucket.Name, bucket.Place));
                    break;
            }

            return true;
        }
        catch (OssServiceException e)
        {
            Assert.NotEmpty(e.ErrorCode);
            AssertShown(e.Message, e.ErrorCode, e.EC, e.RequestId, e.HostId, e.RecommendDoc);
        }
        catch (OssRequestException e)
        {
            Assert.Contains(e.Error, (OssRequestError[])[OssRequestError.RequestFailed, OssRequestError.InvalidResponse, OssRequestError.ResponseTooLarge]);
            AssertShown(e.Message, e.RequestId);
        }

        return false;
    }

    /// <summary>The names in a listing pass the same checks as the names that a user types.</summary>
    private static void AssertValidOrRefused(string name, ListedPlace place)
    {
        if (!BucketName.IsValid(name))
        {
            Assert.Throws<OssRequestException>(() => RequestPaymentOperations.Get(name));
        }

        if (OssRegion.TryParse(place.Region) is null)
        {
            Assert.Throws<OssRequestException>(() => OssRegion.Parse(place.Region));
            return;
        }

        var resolver = new LocationResolver(type: null, style: null);
        OssLocation location = resolver.Resolve(resolver.Resolve(new LocationSource("cn-beijing", null)), place);
        Assert.Matches(@"\Ahttps://oss-[a-z0-9-]+\.aliyuncs\.com/\z", location.Endpoint.Uri.AbsoluteUri);
    }

    private static void AssertPayment(BucketRequestPayment payment)
    {
        Assert.True(Enum.IsDefined(payment.Payer));
        Assert.NotEmpty(payment.RequestId);
        AssertShown(payment.RequestId);
    }

    private static void AssertShown(params string[] texts) => Assert.All(texts, text =>
        Assert.DoesNotMatch(@"[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]", text));

    private sealed record Input(int Operation, byte[] Wire);
}
