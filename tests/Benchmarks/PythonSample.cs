using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.PowerShell;

namespace OssPayment.Benchmarks;

/// <summary>The same work with the vendor's SDK V2 for Python, if it is installed.</summary>
internal static class PythonSample
{
    private const int Rounds = 1;

    /// <returns>null if the SDK is not installed.</returns>
    internal static async Task<AccountBenchmark.Run?> MeasureAsync(
        string endpoint, string proxy, string authority, int buckets, int threads)
    {
        string script = Path.Combine(AppContext.BaseDirectory, "PythonSample.py");
        var start = new ProcessStartInfo(
            "python3", [script, endpoint, proxy, Fleet.Region, $"{buckets}", $"{threads}", $"{Rounds}"]);
        start.Environment["OSS_ACCESS_KEY_ID"] = Fleet.Credentials.AccessKeyId;
        start.Environment["OSS_ACCESS_KEY_SECRET"] = Fleet.Credentials.AccessKeySecret;
        start.Environment["REQUESTS_CA_BUNDLE"] = authority;
        try
        {
            ProgramRun run = await ProgramRun.RunAsync(start, CancellationToken.None);
            if (run.ExitCode != 0)
            {
                Console.WriteLine($"The vendor's SDK for Python was not measured: {run.Errors.Trim().Split('\n')[^1]}");
                return null;
            }

            double[] times =
            [
                .. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Select(line => double.Parse(line, CultureInfo.InvariantCulture)),
            ];
            return new AccountBenchmark.Run($"Python, the vendor's SDK V2, {threads} threads", threads, times);
        }
        catch (Win32Exception)
        {
            Console.WriteLine("The vendor's SDK for Python was not measured: there is no python3.");
            return null;
        }
    }
}
