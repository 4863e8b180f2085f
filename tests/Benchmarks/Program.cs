using System;
using System.Threading.Tasks;
using OssPayment.PowerShell;

namespace OssPayment.Benchmarks;

/// <summary>Runs all benchmarks and writes the results into the documentation, or runs some of them by name.</summary>
internal static class Program
{
    private const string Usage =
        """
        usage: dotnet run -c Release --project tests/Benchmarks [-- <what>]

          (nothing)  all of these, in some 15 minutes; they go into docs/performance.md, .svg and .json
          account    1,000 buckets that are each a host, over TLS, at a distance of 0, 30 and 100 ms
          parts      signing, building requests and reading responses; with options, such as --filter *Sign*, as
                     BenchmarkDotNet does it
          client     an operation through the client beside a bare HttpClient, 1 and 16 at a time
          startup    the import, the first call, the first bucket of an account and the first Tab in a new PowerShell
          pipeline   time per bucket: the cmdlet, the least cmdlet, a bare HttpClient and Invoke-RestMethod
          memory     peak memory of 100 names and of 100,000 piped into the cmdlet
          hosts      buckets that are each a host, over TLS: resumed sessions, connections, descriptors, memory
        """;

    public static async Task<int> Main(string[] arguments)
    {
        try
        {
            switch (arguments)
            {
                case []:
                    await Report.WriteAsync();
                    return 0;
                case ["parts", _, ..]:
                    MicroBenchmarks.Run(arguments[1..]);
                    return 0;
                case [ClientBenchmark.Argument, string endpoint]:
                    ClientBenchmark.Run(endpoint);
                    return 0;
                case [string name] when Report.Find(name) is { } measure:
                    Section section = await measure(await MeasuredShell.FindAsync());
                    Console.WriteLine($"{Section.Header}\n{section.ToMarkdown()}\n\n{section.Text}");
                    return 0;
                default:
                    await Console.Error.WriteLineAsync(Usage);
                    return 2;
            }
        }
        catch (ShellNotFoundException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }
}
