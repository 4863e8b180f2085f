@{
    ExcludeRules = @(
        # The analyzer does not see that Pester's blocks and a script's functions share their variables.
        'PSUseDeclaredVarsMoreThanAssignments'
        'PSReviewUnusedParameter'

        # The functions of the tests are nobody's cmdlets.
        'PSUseShouldProcessForStateChangingFunctions'
        'PSAvoidUsingPositionalParameters'

        # Counts are for whoever reads the run, and not for a pipeline.
        'PSAvoidUsingWriteHost'
    )

    # The scripts run in Windows PowerShell 5.1, too.
    Rules        = @{
        PSUseCompatibleSyntax = @{
            Enable         = $true
            TargetVersions = @('5.1', '7.4')
        }
    }
}
