using System.Management.Automation;
using OssPayment.Commands;
using OssPayment.Parameters;
using OssPayment.Pipeline;

namespace OssPayment.Tests.Example;

/// <summary>Get-OssBucketLocation: the region of a bucket.</summary>
[Cmdlet(VerbsCommon.Get, "OssBucketLocation")]
[OutputType(typeof(BucketLocation))]
public sealed class GetOssBucketLocationCommand : BucketCmdlet
{
    /// <summary>The names of the buckets, or wildcard patterns. Default: all buckets of the account.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [BucketNames]
    public override string[]? Bucket { get; set; }

    private protected override Work CreateWork(string bucket) =>
        new Query<BucketLocation>(new BucketTarget(bucket), () => BucketLocationOperations.Get(bucket));
}
