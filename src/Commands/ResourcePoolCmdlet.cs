using System.Linq;
using System.Management.Automation;
using OssPayment.Completion;
using OssPayment.Operations;
using OssPayment.Parameters;
using OssPayment.Pipeline;

namespace OssPayment.Commands;

/// <summary>A cmdlet about resource pools.</summary>
public abstract class ResourcePoolCmdlet : OssCmdlet
{
    /// <summary>
    /// The names of the resource pools, or wildcard patterns such as <c>ai-*</c>. Default: every resource pool of the
    /// account in the region. An empty pipeline sends no request.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [Names(OnlyNames = true)]
    [Alias("Pool")]
    [ArgumentCompleter(typeof(ResourcePoolCompleter))]
    public string[]? ResourcePool { get; set; }

    private protected sealed override void CheckCommandLine()
    {
        if (ResourcePool?.Any(Names.IsBlank) == true)
        {
            ResourcePoolName.ThrowIfInvalid(Names.Blank);
        }
    }

    private protected sealed override void ProcessInput()
    {
        string[] inputs = ResourcePool ?? [Runner.IsPiped ? Names.Blank : BucketPattern.Everything];
        int listings = inputs.Count(BucketPattern.HasWildcard);
        Runner.Expect(inputs.Length - listings, listings);
        foreach (string input in inputs)
        {
            if (BucketPattern.HasWildcard(input))
            {
                Runner.RunMatchingPools(
                    input, () => BucketPattern.Compile(input, ResourcePoolName.Invalid).IsMatch, Place, CreateWork);
            }
            else
            {
                Runner.Run([CreateWork(input)], Place);
            }
        }
    }

    /// <summary>Creates the work on a resource pool.</summary>
    private protected abstract Work CreateWork(string pool);
}
