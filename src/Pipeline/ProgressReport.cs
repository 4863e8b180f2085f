namespace OssPayment.Pipeline;

/// <summary>How far the work is, as the user is shown it.</summary>
internal readonly struct ProgressReport
{
    internal ProgressReport(string status, int percentComplete)
    {
        Status = status;
        PercentComplete = percentComplete;
    }

    /// <summary>How many targets are done, of how many where that is known, and how many failed.</summary>
    internal string Status { get; }

    /// <summary>0 to 100; -1 where the total is not known.</summary>
    internal int PercentComplete { get; }
}
