using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading.Tasks;

namespace OssPayment.Emulator;

/// <summary>Runs the emulator by hand, or as the child of a test run in another language.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] arguments)
    {
        if (CommandLineOptions.Read(arguments, out string message) is not { } options)
        {
            await Console.Error.WriteLineAsync($"{message}\n\n{CommandLineOptions.Usage}");
            return 2;
        }

        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void End(PosixSignalContext signal)
        {
            // Cancelled, so that the process ends after the emulator has cleared up and not before.
            signal.Cancel = true;
            ended.TrySetResult();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);

        try
        {
            await using OssEmulator emulator = await OssEmulator.StartAsync(
                new EmulatorOptions { FleetSize = options.Buckets, HttpPort = options.Port });
            Console.WriteLine(options.Json ? Announcement.Json(emulator) : Announcement.Text(emulator));
            await (options.Json ? Task.WhenAny(ended.Task, ReadToEndAsync()) : ended.Task);
            return 0;
        }
        catch (IOException exception)
        {
            // Most likely the port that was asked for is taken.
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
    }

    // The parent holds the other end: when it dies, in whatever way, the input ends.
    private static async Task ReadToEndAsync()
    {
        await using Stream input = Console.OpenStandardInput();
        await input.CopyToAsync(Stream.Null);
    }
}
