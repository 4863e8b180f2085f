using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using FsCheck.Fluent;
using OssPayment.Client;
using OssPayment.Emulator;
using OssPayment.Emulator.Signing;
using OssPayment.Emulator.State;
using OssPayment.Endpoints;
using OssPayment.Operations;
using OssPayment.Signing;
using Xunit;

namespace OssPayment.Tests.Fuzz;

/// <summary>A request goes to exactly the host that the inputs name, validly signed, or nothing goes out.</summary>
public sealed partial class InputFuzz(ITestOutputHelper output) : IAsyncLifetime
{
    private OssEmulator? _emulator;
    private int _sent;
    private int _refused;

    private enum Operation
    {
        GetPayment,
        PutPayment,
        GetQoS,
        ListBuckets,
    }

    private EmulatorState State => _emulator!.State;

    public async ValueTask InitializeAsync() => _emulator = await OssEmulator.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _emulator!.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void A_request_goes_to_the_specified_host_or_is_not_sent()
    {
        var inputs =
            from operation in Gen.Elements(Enum.GetValues<Operation>())
            from bucket in Any.BucketName
            from uid in Any.Uid
            from region in Any.Region.OrNull()
            from endpoint in Any.Endpoint.OrNull()
            from type in Gen.Elements<EndpointType?>([null, .. Enum.GetValues<EndpointType>()])
            from style in Gen.Elements<AddressingStyle?>(null, AddressingStyle.Virtual, AddressingStyle.Path, AddressingStyle.CName)
            from id in Any.Visible
            from secret in Any.Visible
            from token in Any.Visible.OrNull()
            select new Input(operation, bucket, uid, region, endpoint, type, style, id, secret, token);

        Fuzzer.CheckAsync(output, inputs, 125, SendAsync);

        output.WriteLine($"Fuzz: {_sent} were sent, {_refused} refused");
        Assert.True(_sent > 0 && _refused > 0, "Both must happen.");
    }

    [Fact]
    public void Endpoints_are_used_unchanged_or_refused() => Fuzzer.Check(output, Any.Endpoint, 250, text =>
    {
        try
        {
            var endpoint = OssEndpoint.Parse(text);
            Assert.Equal(endpoint.Uri, OssEndpoint.Parse(endpoint.ToString()).Uri);
            Assert.Equal(HostIn(text), endpoint.Uri.Host, ignoreCase: true);
        }
        catch (OssRequestException e)
        {
            Assert.Equal(OssRequestError.InvalidEndpoint, e.Error);
        }
    });

    private async Task SendAsync(Input input)
    {
        State.Requests.Clear();
        string? host = null;
        string region = "";
        try
        {
            OssLocation location = new LocationResolver(input.Type, input.Style)
                .Resolve(new LocationSource(input.Region, input.Endpoint), new LocationSource(null, null));
            region = location.Region;
            host = ExpectedHost(input, region);
            await CallAsync(input, location);
        }
        catch (Exception e) when (e is OssRequestException or OssServiceException)
        {
            Assert.NotEmpty(e.Message);
        }

        // CONNECTs and requests alike: all that ever left.
        IReadOnlyList<RecordedRequest> requests = State.Requests.All();
        _ = requests.Count > 0 ? _sent++ : _refused++;
        Assert.All(requests, request =>
        {
            Assert.Equal(host, Port().Replace(request.Host, ""), ignoreCase: true);
            if (request.Method != "CONNECT")
            {
                AssertSigned(request, input, region);
            }
        });
    }

    private async Task CallAsync(Input input, OssLocation location)
    {
        OssClient client = Clients.Create(new OssCredentials(input.Id, input.Secret, input.Token), _emulator!.Proxy);
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        switch (input.Operation)
        {
            case Operation.GetPayment:
                await client.SendAsync(RequestPaymentOperations.Get(input.Bucket), location, trace: null, cancellation);
                break;
            case Operation.PutPayment:
                await client.SendAsync(RequestPaymentOperations.Put(input.Bucket, Payer.Requester), location, trace: null, cancellation);
                break;
            case Operation.GetQoS:
                await client.SendAsync(RequesterQoSOperations.Get(LimitedResource.OfBucket(input.Bucket), input.Uid), location, trace: null, cancellation);
                break;
            default:
                await client.SendAsync(ListBucketsOperation.Create(input.Bucket, PageToken.First()), location, trace: null, cancellation);
                break;
        }
    }

    private static void AssertSigned(RecordedRequest request, Input input, string region)
    {
        string? bucket = input.Operation == Operation.ListBuckets ? null : input.Bucket;
        string query = request.RawTarget.Split('?', 2) is [_, { } text] ? text : "";
        ExpectedSignature expected = SignatureVerifier.Expect(
            request.Method, bucket, "", query, request.Headers, region, input.Secret);
        Assert.Equal(
            $"OSS4-HMAC-SHA256 Credential={input.Id}/{request.Header("x-oss-date")![..8]}/{region}/oss/aliyun_v4_request,Signature={expected.Signature}",
            request.Header("Authorization"));
        Assert.Equal(input.Token, request.Header("x-oss-security-token"));
    }

    /// <summary>The host by the rules of the wire page, without the module's code.</summary>
    private static string ExpectedHost(Input input, string region)
    {
        string service = ServiceHost(input, region);
        bool isAddress = IPAddress.TryParse(service, out _);
        return input.Operation == Operation.ListBuckets || isAddress || input.Style is AddressingStyle.Path or AddressingStyle.CName
            ? service
            : $"{input.Bucket}.{service}";
    }

    private static string ServiceHost(Input input, string region)
    {
        string named = string.IsNullOrWhiteSpace(input.Endpoint) ? "" : HostIn(input.Endpoint).ToLowerInvariant();
        EndpointType? standard = named switch
        {
            "" => EndpointType.Public,
            "oss-accelerate.aliyuncs.com" => EndpointType.Accelerate,
            "oss-accelerate-overseas.aliyuncs.com" => EndpointType.AccelerateOverseas,
            _ when InternalHost().IsMatch(named) => EndpointType.Internal,
            _ when PublicHost().IsMatch(named) => EndpointType.Public,
            _ when DualStackHost().IsMatch(named) => EndpointType.DualStack,
            _ => null,
        };
        // The endpoint decides where the request goes: the region beside it only signs.
        Match own = RegionOfHost().Match(named);
        region = own.Success ? own.Groups["region"].Value : region;
        return standard is null || input.Style == AddressingStyle.CName ? named : (input.Type ?? standard) switch
        {
            EndpointType.Internal => $"oss-{region}-internal.aliyuncs.com",
            EndpointType.DualStack => $"{region}.oss.aliyuncs.com",
            EndpointType.Accelerate => "oss-accelerate.aliyuncs.com",
            EndpointType.AccelerateOverseas => "oss-accelerate-overseas.aliyuncs.com",
            _ => $"oss-{region}.aliyuncs.com",
        };
    }

    /// <summary>The text between the scheme and the port.</summary>
    private static string HostIn(string endpoint)
    {
        string host = AroundHost().Replace(endpoint.Trim(), "");
        return host.StartsWith('[') && IPAddress.TryParse(host, out IPAddress? address) ? $"[{address}]" : host;
    }

    /// <summary>A region in a host name. With any other text the host is not an OSS host.</summary>
    private const string Region = "(?!accelerate[.-]|oss-)[a-z0-9][a-z0-9-]{0,38}[a-z0-9](?<!-internal)";

    [GeneratedRegex("^https?://|(:[0-9]*)?/?$", RegexOptions.IgnoreCase)]
    private static partial Regex AroundHost();

    [GeneratedRegex(":[0-9]+$")]
    private static partial Regex Port();

    [GeneratedRegex($"^oss-{Region}-internal\\.aliyuncs\\.com$")]
    private static partial Regex InternalHost();

    [GeneratedRegex($"^oss-{Region}\\.aliyuncs\\.com$")]
    private static partial Regex PublicHost();

    [GeneratedRegex($"^{Region}\\.oss\\.aliyuncs\\.com$")]
    private static partial Regex DualStackHost();

    [GeneratedRegex($"^(oss-(?<region>{Region})(-internal)?|(?<region>{Region})\\.oss)\\.aliyuncs\\.com$")]
    private static partial Regex RegionOfHost();

    private sealed record Input(
        Operation Operation,
        string Bucket,
        string Uid,
        string? Region,
        string? Endpoint,
        EndpointType? Type,
        AddressingStyle? Style,
        string Id,
        string Secret,
        string? Token);
}
