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

/// <summary>The same job through the vendor's SDK V2 for Python, where it is installed.</summary>
internal static class PythonSample
{
    private const string Name = "Python with the vendor's SDK V2, 1 at a time";

    internal static async Task<Row> MeasureAsync(string endpoint, double bare)
    {
        string script = Path.Combine(AppContext.BaseDirectory, "PythonSample.py");
        var start = new ProcessStartInfo("python3", [script, endpoint, Fleet.Region, "500", "7"]);
        start.Environment["OSS_ACCESS_KEY_ID"] = Fleet.Credentials.AccessKeyId;
        start.Environment["OSS_ACCESS_KEY_SECRET"] = Fleet.Credentials.AccessKeySecret;
        try
        {
            ProgramRun run = await ProgramRun.RunAsync(start, CancellationToken.None);
            if (run.ExitCode != 0)
            {
                bool isMissing = run.Errors.Contains("No module named 'alibabacloud_oss_v2'", StringComparison.Ordinal);
                return new Row(Name, isMissing ? "not measured: the SDK is not installed" : $"failed: {LastLine(run.Errors)}");
            }

            var time = Spread.Of(run.Output
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => double.Parse(line, CultureInfo.InvariantCulture)));
            return new Row(
                Name,
                $"{time.Median.ToString("n0", CultureInfo.InvariantCulture)} µs",
                time.DividedBy(bare),
                "bare `HttpClient`, 1 at a time",
                Bar: Name);
        }
        catch (Win32Exception)
        {
            return new Row(Name, "not measured: there is no python3");
        }
    }

    private static string LastLine(string text) => text.Trim().Split('\n')[^1];
}
