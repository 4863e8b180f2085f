using System;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.Client;
using OssPayment.Transport;

namespace OssPayment.Demo;

/// <summary>The same three operations through the layer below the cmdlets, for a machine without PowerShell.</summary>
internal static class ClientDemo
{
    private const string Bucket = "examplebucket";

    /// <returns>0 when all went as it should.</returns>
    internal static async Task<int> RunAsync(CancellationToken cancellation)
    {
        Console.WriteLine("There is no PowerShell here, so this goes through the module's client layer instead of the cmdlets.");
        Console.WriteLine("Get PowerShell from https://aka.ms/powershell, or by 'dotnet tool restore', and run this again to see the cmdlets.");
        Console.WriteLine();

        var client = new OssClient(
            EnvironmentCredentials.Read(), proxy: null, TimeSpan.FromSeconds(30), new RetryPolicy(2, interval: null));
        OssLocation location = new LocationResolver(type: null, style: null).Resolve(new LocationSource(
            Environment.GetEnvironmentVariable("OSS_REGION"), Environment.GetEnvironmentVariable("OSS_ENDPOINT")));

        BucketRequestPayment set = await client.PutBucketRequestPaymentAsync(
            location, Bucket, Payer.Requester, trace: null, cancellation);
        Console.WriteLine($"PutBucketRequestPayment     {set.Bucket}: HTTP {set.StatusCode}, request id {set.RequestId}");

        BucketRequestPayment read = await client.GetBucketRequestPaymentAsync(location, Bucket, trace: null, cancellation);
        Console.WriteLine($"GetBucketRequestPayment     {read.Bucket}: {read.Payer}");

        RequesterLimits qos = await client.GetRequesterQoSInfoAsync(
            location, QoSOwner.OfBucket(Bucket), "300100", trace: null, cancellation);
        Console.WriteLine(
            $"GetBucketRequesterQoSInfo   {Bucket}, requester {qos.Requester}: "
            + $"{qos.TotalUploadBandwidth} Gbit/s up, {qos.TotalDownloadBandwidth} Gbit/s down");
        return read.Payer == Payer.Requester ? 0 : 1;
    }
}
