using System.Management.Automation;
using OssPayment.Operations;
using OssPayment.Pipeline;

namespace OssPayment.Commands;

/// <summary>Get-OssResourcePool: the resource pools of the account, and their limits.</summary>
/// <remarks>
/// Sends GetResourcePoolInfo and, without names, ListResourcePools; needs the permissions of those names, such as
/// <c>oss:GetResourcePoolInfo</c>.
/// </remarks>
[Cmdlet(VerbsCommon.Get, "OssResourcePool", HelpUri = HelpAddress.GetOssResourcePool)]
[OutputType(typeof(ResourcePoolInfo))]
public sealed class GetOssResourcePoolCommand : ResourcePoolCmdlet
{
    private protected override Work CreateWork(string pool) =>
        new Query<QoSInfo>(new ResourcePoolTarget(pool), () => ResourcePoolOperations.Get(pool));
}
