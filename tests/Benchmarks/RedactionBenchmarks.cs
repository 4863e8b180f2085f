using BenchmarkDotNet.Attributes;
using OssPayment.Redaction;

namespace OssPayment.Benchmarks;

/// <summary>Taking the secrets of a request with temporary credentials out of what came back.</summary>
[MemoryDiagnoser]
public class RedactionBenchmarks
{
    private readonly Redactor _ofClient = new("ABenchmarkSecretNotReal1234567", LongToken());
    private readonly string _signature = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    /// <summary>As for each request: its own signature, and the one short text that is shown of a success.</summary>
    [Benchmark(Baseline = true)]
    public string RequestId() => _ofClient.With(_signature).Redact("5C3D9175B6FC201293AD4890", 64);

    /// <summary>As for a request that fails.</summary>
    [Benchmark]
    public string ErrorMessage() => _ofClient.With(_signature).Redact(
        "The request signature we calculated does not match the signature you provided. Check your key and signing method.");

    private static string LongToken()
    {
        const string Characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        return string.Create(600, 7, static (characters, seed) =>
        {
            for (int i = 0; i < characters.Length; i++)
            {
                seed = ((seed * 1103) + 12345) % 65536;
                characters[i] = Characters[seed % Characters.Length];
            }
        });
    }
}
