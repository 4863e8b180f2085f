using System;

namespace OssPayment.PowerShell;

/// <summary>There is no PowerShell, and the tool could not be restored. The message says why, and what to do.</summary>
internal sealed class ShellNotFoundException : Exception
{
    public ShellNotFoundException(string message)
        : base(message)
    {
    }
}
