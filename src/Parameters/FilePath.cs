using System;
using System.IO;
using System.Management.Automation;

namespace OssPayment.Parameters;

/// <summary>Paths as PowerShell's users write them: relative to $PWD, with ~, or on a drive of PowerShell.</summary>
internal static class FilePath
{
    private const string FileSystem = "FileSystem";

    /// <returns>The full path; null if it is not in the file system.</returns>
    internal static string? Find(PathIntrinsics paths, string path)
    {
        try
        {
            // On Unix, PowerShell would take what precedes a colon for a drive.
            if (Path.DirectorySeparatorChar == '/' && path[0] == '/')
            {
                return path;
            }

            // $PWD may be in the registry, while $PWD of the file system is still meant.
            if (path[0] != '~' && !paths.IsPSAbsolute(path, out _))
            {
                return Path.Combine(paths.CurrentFileSystemLocation.ProviderPath, path);
            }

            string full = paths.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            return provider.Name == FileSystem ? full : null;
        }
        catch (Exception e) when (e is RuntimeException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
