namespace OssPayment.Pipeline;

/// <summary>The progress that the user sees.</summary>
internal readonly struct ProgressReport
{
    internal ProgressReport(string status, int percentComplete)
    {
        Status = status;
        PercentComplete = percentComplete;
    }

    /// <summary>The numbers of targets that are done, of all targets if known, and of failed ones.</summary>
    internal string Status { get; }

    /// <summary>0 to 100; -1 if the total is not known.</summary>
    internal int PercentComplete { get; }
}
