using Xunit;

// Each file starts a PowerShell and an emulator: one after the other, so that they do not starve each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
