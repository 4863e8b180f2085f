using System.IO;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.Text;

namespace OssPayment.Credentials;

/// <summary>
/// Reads a text file whose opening or reading may block: a named pipe, or a network share that is down.
/// </summary>
/// <remarks>
/// No API of .NET can end that. Each read has a thread of its own, which ends with it, so no read waits for an earlier
/// one.
/// </remarks>
internal static class BlockingFile
{
    /// <summary>How many threads may be blocked. Until one of them ends, further reads fail at once.</summary>
    internal const int MaximumReads = 64;

    private static int _running;

    /// <param name="path">The path of the file.</param>
    /// <param name="maximumLength">How many characters are needed. A longer text may be cut.</param>
    /// <exception cref="OssRequestException">Too many earlier reads are still blocked.</exception>
    internal static Task<string> ReadAsync(string path, int maximumLength)
    {
        if (Interlocked.Increment(ref _running) > MaximumReads)
        {
            Interlocked.Decrement(ref _running);
            throw new OssRequestException(
                OssRequestError.CredentialSourceFailed,
                $"{MaximumReads} earlier reads of files are still blocked. Restart PowerShell.");
        }

        return Task.Factory.StartNew(
            () =>
            {
                try
                {
                    return Read(path, maximumLength);
                }
                finally
                {
                    Interlocked.Decrement(ref _running);
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
    }

    private static string Read(string path, int maximumLength)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

        // Twice the length is enough for UTF-16, and some more for a byte order mark and line breaks.
        byte[] bytes = new byte[(2 * maximumLength) + 16];
        int length = 0;
        for (int read = -1; read != 0 && length < bytes.Length; length += read)
        {
            read = file.Read(bytes, length, bytes.Length - length);
        }

        return DecodedText.Of(bytes, length);
    }
}
