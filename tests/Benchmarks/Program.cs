using System;
using System.Threading.Tasks;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace OssPayment.Benchmarks;

/// <summary>Runs the benchmarks by name.</summary>
internal static class Program
{
    private const string Usage =
        """
        usage: dotnet run -c Release --project tests/Benchmarks -- <what>

          micro     signing and redaction, with BenchmarkDotNet; takes its arguments, such as --filter *Sign*
          pipeline  time per bucket: the cmdlet, a bare HttpClient and Invoke-RestMethod, 1 and 16 requests at a time
          memory    peak memory of 100 names and of 100,000 piped into the cmdlet
          hosts     descriptors and memory of 2,000 buckets that are each a host: over http, over TLS, through a proxy
          all       all of these

        pipeline, memory and hosts run in a PowerShell 7 of their own (pwsh), against an emulator of their own.
        """;

    public static async Task<int> Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["micro", .. string[] options]:
                return Micro(options);
            case [['-', '-', ..], ..]:
                return Micro(arguments);
            case ["pipeline"]:
                return await EndToEnd.PipelineAsync();
            case ["memory"]:
                return await EndToEnd.MemoryAsync();
            case ["hosts"]:
                return await EndToEnd.HostsAsync();
            case ["all"]:
                return Micro([]) | await EndToEnd.PipelineAsync() | await EndToEnd.MemoryAsync()
                    | await EndToEnd.HostsAsync();
            case []:
                Console.WriteLine(Usage);
                return 0;
            default:
                await Console.Error.WriteLineAsync(Usage);
                return 2;
        }
    }

    private static int Micro(string[] options)
    {
        // In this process: a project that is generated and built on the way would need the packages' source once more.
        IConfig config = DefaultConfig.Instance.AddJob(Job.Default
            .WithToolchain(InProcessEmitToolchain.Instance)
            .WithIterationTime(TimeInterval.FromMilliseconds(200))
            .WithWarmupCount(5)
            .WithIterationCount(15));
        BenchmarkSwitcher switcher = BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly);
        _ = options.Length == 0 ? switcher.RunAll(config) : switcher.Run(options, config);
        return 0;
    }
}
