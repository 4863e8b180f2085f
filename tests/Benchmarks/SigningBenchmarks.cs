using System;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using BenchmarkDotNet.Attributes;
using OssPayment.Signing;

namespace OssPayment.Benchmarks;

/// <summary>Signing a GET of a bucket's request payment, next to the two hashes that signing cannot do without.</summary>
[MemoryDiagnoser]
public class SigningBenchmarks : IDisposable
{
    private readonly SignableRequest _request = new("GET", "/examplebucket/", [new("requestPayment", "")]);
    private readonly DateTimeOffset _time = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private readonly SHA256 _sha256 = SHA256.Create();
    private readonly HMACSHA256 _hmac = new(new byte[32]);
    private readonly byte[] _hash = new byte[32];

    // The cache holds 256 keys, so each of these was removed since its last use.
    private readonly string[] _regions = [.. Enumerable.Range(0, 600).Select(number => $"cn-region-{number:d3}")];
    private int _next;

    private OssCredentials _credentials = null!;
    private byte[] _canonicalRequest = [];
    private byte[] _stringToSign = [];

    /// <summary>Temporary credentials have a security token, which is signed and long.</summary>
    [Params("permanent", "temporary")]
    public string Credentials { get; set; } = "";

    [GlobalSetup]
    public void Prepare()
    {
        string? token = Credentials == "temporary" ? new string('t', 600) : null;
        _credentials = new OssCredentials("ABenchmarkAccessKeyId123", "ABenchmarkSecretNotReal1234567", token);
        SignatureV4 signature = SignerV4.Sign(_request, _credentials, "cn-hangzhou", _time);
        _canonicalRequest = Encoding.UTF8.GetBytes(signature.CanonicalRequest);
        _stringToSign = Encoding.UTF8.GetBytes(signature.StringToSign);
    }

    /// <summary>One SHA-256 and one HMAC-SHA256 over bytes that are there, into a buffer that is there.</summary>
    [Benchmark(Baseline = true)]
    public bool TwoHashes() =>
        _sha256.TryComputeHash(_canonicalRequest, _hash, out _) & _hmac.TryComputeHash(_stringToSign, _hash, out _);

    [Benchmark]
    public string Sign() => SignerV4.Sign(_request, _credentials, "cn-hangzhou", _time).Authorization;

    /// <summary>As in an account with five regions: every key is cached, and differs from the previous one.</summary>
    [Benchmark]
    public string SignForAnotherRegion()
    {
        _next = (_next + 1) % 5;
        return SignerV4.Sign(_request, _credentials, _regions[_next], _time).Authorization;
    }

    /// <summary>As once per region and day: the key is derived as well.</summary>
    [Benchmark]
    public string SignWithNewKey()
    {
        _next = (_next + 1) % _regions.Length;
        return SignerV4.Sign(_request, _credentials, _regions[_next], _time).Authorization;
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _sha256.Dispose();
        _hmac.Dispose();
        GC.SuppressFinalize(this);
    }
}
